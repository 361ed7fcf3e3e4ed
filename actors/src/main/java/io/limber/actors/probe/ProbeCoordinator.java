package io.limber.actors.probe;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.metrics.StepClock;
import io.limber.actors.replay.ReplayActor;
import io.limber.actors.resource.Resources;
import io.limber.core.agent.AgentSnapshot;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Report;
import io.limber.core.probe.Probe;
import io.limber.core.probe.ProbeResult;
import io.limber.core.probe.ProbeTables;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.state.SavedState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes snapshots from the learner at scheduled steps, draws their transitions at once, and shares
 * the measurements out among probe actors. A failed measurement is tried once more, then counted;
 * training never hears of it.
 *
 * <p>Where nodes measure, they join and leave as further workers; whatever a lost one was measuring
 * counts as failed.
 *
 * <p>Bounds: the learner hands over one snapshot and goes on only when it is told to, by the
 * policy; skip keeps one waiting snapshot per probe, queue its queue size.
 */
public final class ProbeCoordinator extends AbstractBehavior<ProbeCoordinator.Command> {

  /** What this actor accepts. */
  public sealed interface Command
      permits Measure, Finish, Save, Drawn, Heard, Ended, FinishTimeout, ReportDue {}

  /**
   * Measures a snapshot with some probes of the schedule. Answered by {@link GoOn}: at once, or
   * when the policy allows; at the start, not before all probes are made.
   *
   * @param probes by name
   * @param results hears of each measurement of any snapshot, before a {@link GoOn} that waited for
   *     it
   */
  public record Measure(
      AgentSnapshot snapshot,
      Collection<String> probes,
      ActorRef<Found> results,
      ActorRef<GoOn> replyTo)
      implements Command {
    public Measure {
      probes = List.copyOf(probes);
    }
  }

  /**
   * No more snapshots will come; the run is told {@link ProbeEvent.Finished} when all is measured
   * or the time for it is over.
   *
   * @param atOnce gives up what is not measured yet
   */
  public record Finish(boolean atOnce) implements Command {}

  /**
   * Saves its state for a checkpoint at once; answered by {@link Saved}.
   *
   * @param step of the learner
   * @param last gives up what is not measured yet: the run is about to stop, and what was measured
   *     after this would be measured again when it is resumed
   */
  public record Save(long step, boolean last, ActorRef<Saved> replyTo) implements Command {}

  private record Drawn(ReplayActor.Peeked peeked) implements Command {}

  private record Heard(ProbeActor.Event event) implements Command {}

  private record Ended(int index) implements Command {}

  private enum FinishTimeout implements Command {
    INSTANCE
  }

  private enum ReportDue implements Command {
    INSTANCE
  }

  /** What a probe found. */
  public record Found(List<Measurement> measurements) {}

  /** Answer to {@link Measure}: the learner may go on. */
  public record GoOn(long step) {}

  /** Answer to {@link Save}. */
  public record Saved(long step, SavedState state) {}

  /** Whom a coordinator talks to. */
  public record Neighbours(
      ActorRef<ReplayActor.Command> replay,
      ActorRef<MetricsActor.Command> metrics,
      ActorRef<ProbeEvent> run) {}

  /**
   * What a coordinator works with.
   *
   * @param probes makes a probe by name, on the native dispatcher
   * @param spec sizes of a transition
   * @param minSize transitions that replay holds before anything is drawn
   * @param random streams of the run
   * @param snapshots folder for measured snapshots
   * @param clock the learner's step, to report how late a measurement is
   * @param saved what it goes on from; empty at the begin of a run
   * @param others workers that join; empty where there are none but its own
   */
  public record Means(
      Function<String, Probe> probes,
      TransitionSpec spec,
      int minSize,
      RandomStreams random,
      Path snapshots,
      StepClock clock,
      Resources resources,
      Optional<SavedState> saved,
      Optional<OtherWorkers> others) {}

  private final ProbeSettings settings;
  private final Means means;
  private final Neighbours neighbours;
  private final TimerScheduler<Command> timers;
  private final KeptSnapshots kept;
  private final ActorRef<ProbeActor.Event> events;
  private final List<ActorRef<ProbeActor.Command>> workers;
  private final ProbeWork work;
  private final ProbeReports reports;
  private final ActorRef<ReplayActor.Peeked> drawn;
  private final List<Measure> early = new ArrayList<>();
  private ActorRef<Found> results;
  private Measure waitingLearner;
  private boolean finishing;

  public static Behavior<Command> create(
      ProbeSettings settings, Means means, Neighbours neighbours) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(
                      ReportDue.INSTANCE, settings.systemReportInterval());
                  return new ProbeCoordinator(context, timers, settings, means, neighbours);
                }));
  }

  private ProbeCoordinator(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ProbeSettings settings,
      Means means,
      Neighbours neighbours) {
    super(context);
    this.settings = settings;
    this.means = means;
    this.neighbours = neighbours;
    this.timers = timers;
    drawn = context.messageAdapter(ReplayActor.Peeked.class, Drawn::new);
    kept = new KeptSnapshots(means.snapshots(), settings.keptPerProbe());
    events = context.messageAdapter(ProbeActor.Event.class, Heard::new);
    workers = spawnWorkers(context);
    work = new ProbeWork(settings, means.spec(), workers);
    if (!workers.isEmpty()) {
      means.others().ifPresent(others -> spawnOthers(context, others));
    }
    means.saved().ifPresent(work::restore);
    reports = new ProbeReports(context.getSelf().path().name(), means.clock());
  }

  private List<ActorRef<ProbeActor.Command>> spawnWorkers(ActorContext<Command> context) {
    List<String> names = settings.schedule().names();
    List<ActorRef<ProbeActor.Command>> workers = new ArrayList<>();
    for (int i = 0; !names.isEmpty() && i < settings.actors(); i++) {
      // supervised by its own create(): it starts anew a few times
      workers.add(
          context.spawn(
              ProbeActor.create(i, means.probes(), names, kept, means.resources(), events),
              "probe-" + i));
      context.watchWith(workers.get(i), new Ended(i));
    }
    return workers;
  }

  /** Not restarted: a fresh one would not know which numbers are taken. */
  private void spawnOthers(ActorContext<Command> context, OtherWorkers others) {
    context.watch(
        context.spawn(others.source().create(kept, workers.size(), events), "probe-nodes-0"));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Measure.class, this::onMeasure)
        .onMessage(Drawn.class, this::onDrawn)
        .onMessage(Heard.class, this::onHeard)
        .onMessage(Ended.class, this::onEnded)
        .onMessage(Finish.class, this::onFinish)
        .onMessage(Save.class, this::onSave)
        .onMessageEquals(FinishTimeout.INSTANCE, this::onFinishTimeout)
        .onMessageEquals(ReportDue.INSTANCE, this::onReportDue)
        .build();
  }

  private Behavior<Command> onMeasure(Measure measure) {
    waitingLearner = measure;
    results = measure.results();
    if (work.ready()) {
      draw(measure.snapshot(), measure.probes());
    } else {
      early.add(measure);
    }
    return goOn();
  }

  private Behavior<Command> onSave(Save save) {
    save.replyTo().tell(new Saved(save.step(), work.save(save.step())));
    if (save.last()) {
      waitingLearner = null;
      work.abandon();
    }
    return this;
  }

  private void draw(AgentSnapshot snapshot, Collection<String> probes) {
    for (String probe : probes) {
      if (work.wants(probe, snapshot.step())) {
        draw(probe, snapshot);
      }
    }
  }

  private void draw(String probe, AgentSnapshot snapshot) {
    ProbeTask task = work.begin(probe, snapshot);
    long seed = means.random().child(ProbeSet.source(probe)).seed("transitions-" + snapshot.step());
    neighbours.replay().tell(new ReplayActor.Peek(task.id(), task.transitions(), seed, drawn));
  }

  private Behavior<Command> onDrawn(Drawn message) {
    work.drawn(message.peeked().id());
    return goOn();
  }

  private Behavior<Command> onHeard(Heard heard) {
    ProbeActor.Event event = heard.event();
    if (event instanceof ProbeActor.Progressed progressed) {
      work.progressed(progressed.index(), progressed.done());
    } else if (event instanceof ProbeActor.Measured measured) {
      onMeasured(measured);
    } else if (event instanceof ProbeActor.Failed failed) {
      warn(work.failed(failed.index()), failed.reason());
    } else if (event instanceof ProbeActor.Joined joined) {
      work.join(joined.index(), joined.worker());
    } else if (event instanceof ProbeActor.Left left) {
      work.leave(left.index()).ifPresent(task -> warn(task, "its node is lost"));
    } else if (event instanceof ProbeActor.Ready ready) {
      onReady(ready);
    } else if (event instanceof ProbeActor.Unavailable unavailable) {
      neighbours.run().tell(new ProbeEvent.Unavailable(unavailable.reason()));
    }
    return goOn();
  }

  /** The others measure on; with none there is nothing that a run with probes could go on for. */
  private Behavior<Command> onEnded(Ended ended) {
    String reason = "probe actor " + ended.index() + " failed again and again";
    work.leave(ended.index()).ifPresent(task -> warn(task, reason));
    if (!work.ready() || work.hasNoWorker()) {
      neighbours.run().tell(new ProbeEvent.Unavailable(reason + ": the log tells of what"));
    }
    return goOn();
  }

  private void onReady(ProbeActor.Ready ready) {
    ready
        .transitions()
        .forEach(
            (probe, wanted) -> {
              if (wanted > means.minSize()) {
                neighbours
                    .run()
                    .tell(ProbeEvent.Unavailable.tooMany(probe, wanted, means.minSize()));
              }
            });
    if (work.ready()) {
      return; // started anew
    }
    work.ready(ready.index(), ready.transitions());
    if (work.ready()) {
      if (means.others().filter(OtherWorkers::only).isPresent()) {
        workers.forEach(this::dismiss); // it is known now what they want
        work.leaveToOthers();
      }
      early.forEach(measure -> draw(measure.snapshot(), measure.probes()));
      early.clear();
    }
  }

  private void onMeasured(ProbeActor.Measured measured) {
    ProbeTask task = work.measured(measured.index());
    if (work.abandoned()) {
      return;
    }
    long step = task.snapshot().step();
    ProbeResult result = measured.result();
    results.tell(new Found(result.measurements()));
    ActorRef<MetricsActor.Command> metrics = neighbours.metrics();
    metrics.tell(
        new MetricsActor.Record(
            new Report(ProbeSet.source(task.probe()), step, result.measurements())));
    if (!result.tables().isEmpty()) {
      metrics.tell(
          new MetricsActor.RecordTables(new ProbeTables(task.probe(), step, result.tables())));
    }
    metrics.tell(new MetricsActor.Record(reports.measured(task, measured.seconds())));
  }

  private void dismiss(ActorRef<ProbeActor.Command> worker) {
    getContext().unwatch(worker);
    getContext().stop(worker);
  }

  private void warn(ProbeTask task, String reason) {
    getContext()
        .getLog()
        .warn(
            "{} at step {} failed, attempt {}: {}",
            task.probe(),
            task.snapshot().step(),
            task.attempt(),
            reason);
  }

  private Behavior<Command> onFinish(Finish finish) {
    finishing = true;
    waitingLearner = null;
    if (finish.atOnce()) {
      work.abandon();
    } else {
      timers.startSingleTimer(FinishTimeout.INSTANCE, settings.finishTimeout());
    }
    return goOn();
  }

  private Behavior<Command> onFinishTimeout() {
    work.abandon();
    return goOn();
  }

  private Behavior<Command> onReportDue() {
    if (!settings.schedule().isEmpty()) {
      work.progress()
          .forEach(
              (index, done) ->
                  neighbours
                      .metrics()
                      .tell(new MetricsActor.Record(reports.progress(index, done))));
      neighbours.metrics().tell(new MetricsActor.Record(reports.tally(work)));
    }
    return this;
  }

  /** Starts what can be started and tells those who wait. */
  private Behavior<Command> goOn() {
    work.assign();
    if (waitingLearner != null && work.learnerMayGoOn()) {
      waitingLearner.replyTo().tell(new GoOn(waitingLearner.snapshot().step()));
      waitingLearner = null;
    }
    if (finishing && work.idle()) {
      finishing = false;
      timers.cancel(FinishTimeout.INSTANCE);
      neighbours.run().tell(new ProbeEvent.Finished(work.tally()));
    }
    return this;
  }
}
