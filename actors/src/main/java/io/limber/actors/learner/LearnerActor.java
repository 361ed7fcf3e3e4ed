package io.limber.actors.learner;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.metrics.StepClock;
import io.limber.actors.probe.ProbeCoordinator;
import io.limber.actors.replay.ReplayActor;
import io.limber.actors.resource.Lease;
import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.Learner;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.agent.UpdateReport;
import io.limber.core.metrics.Measurement;
import io.limber.core.replay.Transitions;
import io.limber.core.state.SavedState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Draws batches, updates the learner on the native dispatcher, hands out snapshots and reports.
 *
 * <p>Bounds: it has {@link LearnerPlan#batches} batch buffers, one request each, and one update at
 * a time. It never waits for reports or probes, except where the probes' policy or lockstep says
 * so.
 */
public final class LearnerActor extends AbstractBehavior<LearnerActor.Command> {

  /** What this actor accepts. */
  public sealed interface Command
      permits Stop,
          Pause,
          Resume,
          ProbeNow,
          FireNow,
          SaveNow,
          StopNow,
          Saved,
          SaveFailed,
          CheckpointSaid,
          Opened,
          ProbeRead,
          Updated,
          LastRead,
          NativeFailed,
          BatchDrawn,
          ProbeFound,
          Answered,
          ReportDue {}

  /**
   * Ends training at the next step boundary, with a last checkpoint; the learner answers by {@link
   * LearnerEvent.Ended}.
   */
  public enum Stop implements Command {
    INSTANCE
  }

  /** Begins no further update until {@link Resume}; whoever waits for the learner waits too. */
  public enum Pause implements Command {
    INSTANCE
  }

  /** As {@link Stop}, but waits for no checkpoint. */
  public enum StopNow implements Command {
    INSTANCE
  }

  private record Saved(LearnerSaves.Staged staged) implements Command {}

  private record SaveFailed(Throwable cause) implements Command {}

  private record CheckpointSaid(LearnerSave.Reply reply) implements Command {}

  /** Goes on after {@link Pause}. */
  public enum Resume implements Command {
    INSTANCE
  }

  /**
   * Measures at the next step boundary, whatever the schedule says.
   *
   * @param probe one of the schedule
   */
  public record ProbeNow(String probe) implements Command {}

  /**
   * Fires an intervention after the next update, whatever its trigger says.
   *
   * @param intervention one that is on
   */
  public record FireNow(String intervention) implements Command {}

  /** Takes a checkpoint at the next step boundary, if this run takes any. */
  public enum SaveNow implements Command {
    INSTANCE
  }

  private record ProbeRead(AgentSnapshot snapshot, Set<String> probes) implements Command {}

  /** What is due at {@code step}: null for policies or for probes if nothing is. */
  private record Snapshots(long step, ParameterSnapshot policy, AgentSnapshot probed) {}

  private record Opened(Snapshots snapshots) implements Command {}

  private record Updated(Transitions batch, UpdateReport report, Snapshots snapshots)
      implements Command {}

  private record LastRead(ParameterSnapshot snapshot) implements Command {}

  private record NativeFailed(Throwable cause) implements Command {}

  private record BatchDrawn(Transitions batch) implements Command {}

  private record ProbeFound(List<Measurement> measurements) implements Command {}

  private record Answered(Hold hold) implements Command {}

  private enum ReportDue implements Command {
    INSTANCE
  }

  /** What the learner waits for before it goes on. */
  private enum Hold {
    PERSON,
    PROBES,
    REPORTS,
    REPLAY,
    CHECKPOINT
  }

  /**
   * Whom a learner talks to.
   *
   * @param checkpoints hears of saves; any thread
   * @param run hears of the end
   */
  public record Neighbours(
      ActorRef<ReplayActor.Command> replay,
      ActorRef<ParameterBoard.Command> board,
      ActorRef<ProbeCoordinator.Command> probes,
      ActorRef<MetricsActor.Command> metrics,
      Consumer<LearnerSave.Event> checkpoints,
      ActorRef<LearnerEvent> run) {}

  private final LearnerPlan plan;
  private final Neighbours neighbours;
  private final Lease<Learner> lease;
  private final StepClock clock;
  private final LearnerReports reports;
  private final LearnerSaves saves;
  private final Optional<SavedState> saved;
  private final ActorRef<ReplayActor.Batch> batchDrawn;
  private final ActorRef<ProbeCoordinator.Found> probeFound;
  private final LearnerBatches batches;
  private final List<Measurement> unseen = new ArrayList<>();
  private final Set<String> wanted = new TreeSet<>();
  private final Set<String> asked = new TreeSet<>();
  private final Set<Hold> holds = EnumSet.noneOf(Hold.class);
  private long step;
  private boolean opened;
  private boolean busy;
  private boolean stopping;
  private boolean atOnce;
  private boolean settled;
  private LearnerEvent.Failed fatal; // null while all is well

  public static Behavior<Command> create(
      LearnerMeans means, LearnerPlan plan, Neighbours neighbours) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(ReportDue.INSTANCE, plan.systemReportInterval());
                  return new LearnerActor(context, means, plan, neighbours);
                }));
  }

  private LearnerActor(
      ActorContext<Command> context, LearnerMeans means, LearnerPlan plan, Neighbours neighbours) {
    super(context);
    this.plan = plan;
    this.neighbours = neighbours;
    clock = means.clock();
    saved = means.saved();
    saves =
        new LearnerSaves(
            plan.checkpointPeriod(),
            means.checkpoints(),
            neighbours.checkpoints(),
            context.messageAdapter(LearnerSave.Reply.class, CheckpointSaid::new));
    String name = context.getSelf().path().name();
    reports = new LearnerReports(name, plan.targetUpdatePeriod(), System.nanoTime());
    batchDrawn =
        context.messageAdapter(
            ReplayActor.Batch.class, batch -> new BatchDrawn(batch.transitions()));
    probeFound =
        context.messageAdapter(
            ProbeCoordinator.Found.class, found -> new ProbeFound(found.measurements()));
    batches = new LearnerBatches(plan, means.spec());
    lease = means.resources().open(name, () -> plan.check(means.learner().get()));
    context.pipeToSelf(
        lease.use(this::snapshots),
        (snapshots, failure) -> failure == null ? new Opened(snapshots) : failed(failure));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(BatchDrawn.class, this::onBatchDrawn)
        .onMessage(Updated.class, this::onUpdated)
        .onMessage(ProbeFound.class, this::onProbeFound)
        .onMessage(Answered.class, this::onAnswered)
        .onMessage(Opened.class, this::onOpened)
        .onMessage(LastRead.class, this::onLastRead)
        .onMessage(NativeFailed.class, this::onNativeFailed)
        .onMessage(Saved.class, this::onSaved)
        .onMessage(SaveFailed.class, this::onSaveFailed)
        .onMessage(CheckpointSaid.class, this::onCheckpointSaid)
        .onMessageEquals(Stop.INSTANCE, this::onStop)
        .onMessageEquals(Pause.INSTANCE, this::onPause)
        .onMessageEquals(Resume.INSTANCE, this::onResume)
        .onMessage(ProbeNow.class, this::onProbeNow)
        .onMessage(FireNow.class, this::onFireNow)
        .onMessageEquals(SaveNow.INSTANCE, this::onSaveNow)
        .onMessage(ProbeRead.class, this::onProbeRead)
        .onMessageEquals(StopNow.INSTANCE, this::onStopNow)
        .onMessageEquals(ReportDue.INSTANCE, this::onReportDue)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onOpened(Opened message) {
    opened = true;
    step = message.snapshots().step();
    clock.set(step);
    saved.ifPresent(this::goOnFrom);
    handOut(message.snapshots());
    return advance();
  }

  private void goOnFrom(SavedState state) {
    batches.resumed(step);
    reports.restore(state.part("reports"), step);
    unseen.addAll(LearnerState.unseen(state));
    saves.resumed(step);
  }

  private Behavior<Command> onBatchDrawn(BatchDrawn message) {
    batches.drawn(message.batch());
    return advance();
  }

  private Behavior<Command> onUpdated(Updated message) {
    busy = false;
    batches.giveBack(message.batch());
    step = message.report().step();
    clock.set(step);
    reports.add(message.report());
    message
        .report()
        .firings()
        .forEach(firing -> neighbours.metrics().tell(new MetricsActor.Record(firing.report())));
    // before the snapshot: who acts with it reports after this
    if (plan.reportDue(step) || plan.ended(step)) {
      report();
    }
    handOut(message.snapshots());
    return advance();
  }

  /** Kept for the next update: measurements are few, at most one per probe and snapshot. */
  private Behavior<Command> onProbeFound(ProbeFound message) {
    unseen.addAll(message.measurements());
    return this;
  }

  private Behavior<Command> onAnswered(Answered message) {
    holds.remove(message.hold());
    return advance();
  }

  private Behavior<Command> onStop() {
    stopping = true;
    holds.remove(Hold.PERSON);
    return advance();
  }

  private Behavior<Command> onPause() {
    holds.add(Hold.PERSON);
    return this;
  }

  private Behavior<Command> onResume() {
    holds.remove(Hold.PERSON);
    return advance();
  }

  private Behavior<Command> onProbeNow(ProbeNow message) {
    wanted.add(message.probe());
    return advance();
  }

  private Behavior<Command> onFireNow(FireNow message) {
    asked.add(message.intervention());
    return this;
  }

  private Behavior<Command> onSaveNow() {
    saves.tryAgain();
    return advance();
  }

  private Behavior<Command> onProbeRead(ProbeRead message) {
    busy = false;
    measure(message.snapshot(), message.probes());
    return advance();
  }

  private Behavior<Command> onStopNow() {
    atOnce = true;
    return onStop();
  }

  private Behavior<Command> onSaved(Saved message) {
    busy = false;
    if (plan.lockstep()) {
      holds.add(Hold.CHECKPOINT);
    }
    LearnerSaves.Staged staged = message.staged();
    saves.staged(staged, LearnerState.save(staged.learner(), reports, unseen), stopping);
    return advance();
  }

  private Behavior<Command> onSaveFailed(SaveFailed message) {
    busy = false;
    saves.failed(step, Lease.cause(message.cause()).getMessage());
    return advance();
  }

  private Behavior<Command> onCheckpointSaid(CheckpointSaid message) {
    if (!(message.reply() instanceof LearnerSave.TryAgain)) {
      holds.remove(Hold.CHECKPOINT);
    }
    saves.heard(message.reply());
    return advance();
  }

  private Behavior<Command> onLastRead(LastRead message) {
    neighbours.run().tell(new LearnerEvent.Ended(message.snapshot()));
    return Behaviors.stopped();
  }

  private Behavior<Command> onNativeFailed(NativeFailed message) {
    Throwable cause = message.cause();
    getContext().getLog().error("learner failed after step {}", step, cause);
    fatal = new LearnerEvent.Failed(step, FailureKind.reason(cause), FailureKind.of(cause));
    return failWhenSaved();
  }

  /** A run that may roll back needs the checkpoint that is under way. */
  private Behavior<Command> failWhenSaved() {
    if (fatal.kind() == FailureKind.DIVERGED && saves.active() && !atOnce) {
      return this;
    }
    neighbours.run().tell(fatal);
    return Behaviors.stopped();
  }

  private Behavior<Command> onReportDue() {
    neighbours.metrics().tell(new MetricsActor.Record(reports.drainRate(step, System.nanoTime())));
    return this;
  }

  private Behavior<Command> onPostStop() {
    lease.release();
    return this;
  }

  /** Does whatever can be done now. */
  private Behavior<Command> advance() {
    if (fatal != null) {
      return failWhenSaved();
    }
    if (!opened || busy) {
      return this;
    }
    if (stopping || plan.ended(step)) {
      return end();
    }
    if (saves.due(step)) {
      return saveAtCut();
    }
    if (plan.lockstep() && saves.blocked(step)) {
      return this; // which steps have a checkpoint must not hang on the disk
    }
    if (!wanted.isEmpty()) {
      readForProbes();
      return this;
    }
    if (holds.isEmpty() || !plan.lockstep()) {
      batches.request(neighbours.replay(), batchDrawn);
    }
    updateIfAllowed();
    return this;
  }

  /** Waits for the last step and the last checkpoint, and ends. */
  private Behavior<Command> end() {
    if (atOnce || (stopping && !saves.active() && !saves.dueAtEnd(step))) {
      readLast();
    } else if (!stopping && !(holds.isEmpty() && settled())) {
      return this;
    } else if (saves.dueAtEnd(step)) {
      return saveAtCut();
    } else if (!saves.active()) {
      readLast();
    }
    return this;
  }

  /**
   * Saves the learner; in lockstep at a moment when all else stands still, so that what is drawn
   * already is learned first. A stop does not wait for probes: they measure again.
   */
  private Behavior<Command> saveAtCut() {
    boolean waits = holds.stream().anyMatch(hold -> !(stopping && hold == Hold.PROBES));
    if (!plan.lockstep() || (!waits && batches.allFree())) {
      save();
    } else {
      updateIfAllowed();
    }
    return this;
  }

  private void updateIfAllowed() {
    if (holds.isEmpty() && batches.hasDrawn()) {
      update(batches.next());
    }
  }

  private void save() {
    busy = true;
    saves.begin(step);
    long start = System.nanoTime();
    getContext()
        .pipeToSelf(
            lease.use(learner -> saves.stage(learner, start)),
            (staged, failure) -> failure == null ? new Saved(staged) : new SaveFailed(failure));
  }

  private void update(Transitions batch) {
    busy = true;
    List<Measurement> found = List.copyOf(unseen);
    unseen.clear();
    List<String> firing = List.copyOf(asked);
    asked.clear();
    getContext()
        .pipeToSelf(
            lease.use(
                learner -> {
                  learner.observe(found);
                  firing.forEach(learner::fire);
                  UpdateReport report = learner.update(batch);
                  return new Updated(batch, report, snapshots(learner));
                }),
            (updated, failure) -> failure == null ? updated : failed(failure));
  }

  private Snapshots snapshots(Learner learner) {
    long at = learner.step();
    return new Snapshots(
        at,
        plan.policyDue(at) ? learner.snapshot() : null,
        plan.probeDue(at) ? learner.probedSnapshot() : null);
  }

  private void readLast() {
    busy = true;
    if (!reports.isEmpty()) {
      report(); // what came after the last full interval
    }
    getContext()
        .pipeToSelf(
            lease.use(Learner::snapshot),
            (snapshot, failure) -> failure == null ? new LastRead(snapshot) : failed(failure));
  }

  private void readForProbes() {
    busy = true;
    Set<String> probes = Set.copyOf(wanted);
    wanted.clear();
    getContext()
        .pipeToSelf(
            lease.use(Learner::probedSnapshot),
            (snapshot, failure) ->
                failure == null ? new ProbeRead(snapshot, probes) : failed(failure));
  }

  private void report() {
    neighbours.metrics().tell(new MetricsActor.Record(reports.drain(step)));
    if (plan.lockstep()) {
      holds.add(Hold.REPORTS);
      neighbours
          .metrics()
          .tell(new MetricsActor.Sync(answer(MetricsActor.Synced.class, Hold.REPORTS)));
    }
  }

  private void handOut(Snapshots snapshots) {
    if (snapshots.policy() != null) {
      neighbours.board().tell(new ParameterBoard.Publish(snapshots.policy()));
    }
    if (snapshots.probed() != null) {
      measure(snapshots.probed(), plan.probesDue(step));
    }
  }

  private void measure(AgentSnapshot snapshot, Collection<String> probes) {
    holds.add(Hold.PROBES);
    neighbours
        .probes()
        .tell(
            new ProbeCoordinator.Measure(
                snapshot, probes, probeFound, answer(ProbeCoordinator.GoOn.class, Hold.PROBES)));
  }

  /**
   * Whether all that belongs to the last step has happened. In lockstep the environment may still
   * be about to act and to report; once it stands still, the run's reports are complete.
   */
  private boolean settled() {
    if (plan.lockstep() && !settled) {
      settled = true;
      holds.add(Hold.REPLAY);
      neighbours
          .replay()
          .tell(new ReplayActor.Settle(answer(ReplayActor.Settled.class, Hold.REPLAY)));
    }
    return holds.isEmpty();
  }

  private <A> ActorRef<A> answer(Class<A> type, Hold hold) {
    return getContext().messageAdapter(type, reply -> new Answered(hold));
  }

  private static Command failed(Throwable failure) {
    return new NativeFailed(Lease.cause(failure));
  }
}
