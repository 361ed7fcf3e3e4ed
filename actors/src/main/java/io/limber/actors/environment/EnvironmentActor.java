package io.limber.actors.environment;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.PreRestart;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.limber.actors.learner.ParameterBoard;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.replay.ReplayActor;
import io.limber.actors.resource.Lease;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.env.EpisodeStatistics;
import io.limber.core.replay.Transitions;
import io.limber.core.state.SavedState;
import io.limber.core.state.UnusableStateException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Queue;

/**
 * Acts in a vector of environments with a local policy, and sends what happens to replay, one chunk
 * per step of all. It acts with the newest snapshot, in lockstep with the one its transitions call
 * for.
 *
 * <p>Bounds: {@link EnvironmentPlan#inFlightChunks} chunk buffers, each back before it is filled
 * again; one request at the board; one job at a time.
 */
public final class EnvironmentActor extends AbstractBehavior<EnvironmentActor.Command> {

  /** What this actor accepts; it is stopped by whoever spawned it. */
  public sealed interface Command
      permits Save, Opened, Acted, StateRead, NativeFailed, Allowed, Published, ReportDue {}

  /** Saves its state for a checkpoint, between two steps; answered by {@link Saved}. */
  public record Save(long step, ActorRef<Saved> replyTo) implements Command {}

  /**
   * Answer to {@link Save}.
   *
   * @param step as in the question
   * @param name of the actor
   */
  public record Saved(long step, String name, SavedState state) {}

  private record Opened(int epoch) implements Command {}

  /**
   * @param filled in this order
   * @param unused were not needed
   * @param failure of the step after those that filled the last chunk; null if there was none
   */
  private record Acted(
      int epoch,
      Interval interval,
      List<Transitions> filled,
      List<Transitions> unused,
      RuntimeException failure)
      implements Command {}

  private record StateRead(int epoch, SavedState worker, Save save) implements Command {}

  private record NativeFailed(int epoch, Throwable cause) implements Command {}

  private record Allowed(ReplayActor.WriterReply reply) implements Command {}

  private record Published(ParameterSnapshot snapshot) implements Command {}

  private enum ReportDue implements Command {
    INSTANCE
  }

  /** What was drained and measured before a chunk was acted, when a report is due. */
  private record Interval(
      EpisodeStatistics statistics, OptionalDouble accuracy, double epsilon, long step, long age) {}

  /** Whom an environment actor talks to. */
  public record Neighbours(
      ActorRef<ReplayActor.Command> replay,
      ActorRef<ParameterBoard.Command> board,
      ActorRef<MetricsActor.Command> metrics) {}

  /** How long an environment may act before it looks for newer parameters. */
  private static final Duration AT_ONCE = Duration.ofMillis(5);

  private final EnvironmentPlan plan;
  private final Neighbours neighbours;
  private final Lease<EnvironmentWorker> lease;
  private final EnvironmentReports reports;
  private final EnvironmentHistory history;
  private final ActorRef<ReplayActor.WriterReply> allowed;
  private final ActorRef<ParameterBoard.Published> published;
  private final Queue<Transitions> free = new ArrayDeque<>();
  private final int epoch;
  private boolean opened;
  private boolean welcomed;
  private boolean busy;
  private long sampled;
  private long loadedStep = -1;
  private long fetchedStep = -1;
  private ParameterSnapshot newer;
  private long reportedStep;
  private Save save; // waits for the step under way

  /**
   * The actor under its supervision: an environment may throw at any time, and the rest of the run
   * must not suffer, so the actor starts anew, later and later, and is given up in the end.
   */
  public static Behavior<Command> create(
      EnvironmentMeans means,
      EnvironmentPlan plan,
      EnvironmentActorSettings settings,
      Neighbours neighbours) {
    return Behaviors.setup(
        context -> supervised(start(means, means.history(), plan, neighbours), settings));
  }

  /** One start of the actor. */
  private static Behavior<Command> start(
      EnvironmentMeans means,
      EnvironmentHistory history,
      EnvironmentPlan plan,
      Neighbours neighbours) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(ReportDue.INSTANCE, plan.systemReportInterval());
                  return new EnvironmentActor(context, means, history, plan, neighbours);
                }));
  }

  private static Behavior<Command> supervised(
      Behavior<Command> behavior, EnvironmentActorSettings settings) {
    if (settings.maxRestarts() == 0) {
      return behavior;
    }
    // a state that does not fit will not fit next time either: the run takes an older checkpoint
    Behavior<Command> unlessRefused =
        Behaviors.supervise(behavior)
            .onFailure(UnusableStateException.class, SupervisorStrategy.stop());
    return Behaviors.supervise(unlessRefused)
        .onFailure(
            SupervisorStrategy.restartWithBackoff(settings.minBackoff(), settings.maxBackoff(), 0.0)
                .withMaxRestarts(settings.maxRestarts())
                .withResetBackoffAfter(settings.maxBackoff().multipliedBy(2)));
  }

  private EnvironmentActor(
      ActorContext<Command> context,
      EnvironmentMeans means,
      EnvironmentHistory history,
      EnvironmentPlan plan,
      Neighbours neighbours) {
    super(context);
    this.plan = plan;
    this.neighbours = neighbours;
    this.history = history;
    epoch = history.start();
    reportedStep = history.takeReportedStep();
    String name = context.getSelf().path().name();
    reports = new EnvironmentReports(name, history, System.nanoTime());
    allowed = context.messageAdapter(ReplayActor.WriterReply.class, Allowed::new);
    published =
        context.messageAdapter(
            ParameterBoard.Published.class, board -> new Published(board.snapshot()));
    lease = means.resources().open(name, () -> means.open(history));
    context.pipeToSelf(
        lease.use(worker -> new Opened(epoch)),
        (message, failure) -> failure == null ? message : failed(failure));
    for (int i = 0; i < plan.inFlightChunks(); i++) {
      free.add(new Transitions(means.spec(), means.perActor()));
    }
    neighbours.replay().tell(new ReplayActor.Announce(epoch, allowed));
    fetch(0);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Acted.class, this::onActed)
        .onMessage(Save.class, this::onSave)
        .onMessage(StateRead.class, this::onStateRead)
        .onMessage(Allowed.class, this::onAllowed)
        .onMessage(Published.class, this::onPublished)
        .onMessage(Opened.class, this::onOpened)
        .onMessage(NativeFailed.class, this::onNativeFailed)
        .onMessageEquals(ReportDue.INSTANCE, this::onReportDue)
        .onSignal(PreRestart.class, signal -> onEnd())
        .onSignal(PostStop.class, signal -> onEnd())
        .build();
  }

  private Behavior<Command> onOpened(Opened message) {
    opened |= message.epoch() == epoch;
    return advance();
  }

  private Behavior<Command> onAllowed(Allowed message) {
    if (message.reply().epoch() != epoch) {
      return this; // to an incarnation before this one, whose chunks are dropped
    }
    sampled = message.reply().sampled();
    if (message.reply() instanceof ReplayActor.Inserted inserted) {
      free.add(inserted.chunk());
    } else if (message.reply() instanceof ReplayActor.Welcomed) {
      welcomed = true;
    }
    return advance();
  }

  private Behavior<Command> onPublished(Published message) {
    long step = message.snapshot().step();
    if (step > newestStep()) {
      newer = message.snapshot();
    }
    if (!plan.lockstep()) {
      fetch(newestStep() + 1);
    }
    return advance();
  }

  private Behavior<Command> onActed(Acted message) {
    if (message.epoch() != epoch) {
      return this;
    }
    busy = false;
    Interval interval = message.interval();
    if (interval != null) {
      // before the chunk: replay's and the learner's reports on it come after this
      neighbours
          .metrics()
          .tell(
              new MetricsActor.Record(
                  reports.interval(
                      interval.step(),
                      interval.statistics(),
                      interval.accuracy(),
                      interval.epsilon(),
                      interval.age())));
    }
    for (Transitions chunk : message.filled()) {
      reports.stepped(chunk.size());
      neighbours.replay().tell(new ReplayActor.Insert(chunk, epoch, allowed));
    }
    free.addAll(message.unused());
    if (message.failure() != null) {
      throw new EnvironmentFailedException(getContext().getSelf().path().name(), message.failure());
    }
    return advance();
  }

  private Behavior<Command> onSave(Save message) {
    save = message;
    return advance();
  }

  private Behavior<Command> onStateRead(StateRead message) {
    if (message.epoch() != epoch) {
      return this;
    }
    busy = false;
    SavedState state = history.save(message.worker(), reportedStep);
    String name = getContext().getSelf().path().name();
    message.save().replyTo().tell(new Saved(message.save().step(), name, state));
    return advance();
  }

  private Behavior<Command> onNativeFailed(NativeFailed message) {
    if (message.epoch() == epoch && message.cause() instanceof UnusableStateException refusal) {
      throw refusal;
    }
    if (message.epoch() == epoch) {
      throw new EnvironmentFailedException(getContext().getSelf().path().name(), message.cause());
    }
    return this;
  }

  private Behavior<Command> onReportDue() {
    neighbours
        .metrics()
        .tell(new MetricsActor.Record(reports.rate(Math.max(0, newestStep()), System.nanoTime())));
    return this;
  }

  private Behavior<Command> onEnd() {
    lease.release();
    return this;
  }

  /** Acts if everything for it is here. */
  private Behavior<Command> advance() {
    if (opened && !busy && save != null) {
      readState(save);
      save = null;
      return this;
    }
    if (!opened || !welcomed || busy || free.isEmpty()) {
      return this;
    }
    long required = plan.requiredStep(sampled);
    if (newestStep() < required) {
      fetch(required);
    } else if (newestStep() >= 0) {
      act(required);
    }
    return this;
  }

  private void readState(Save asked) {
    busy = true;
    getContext()
        .pipeToSelf(
            lease.use(worker -> new StateRead(epoch, worker.save(), asked)),
            (read, failure) -> failure == null ? read : failed(failure));
  }

  private void act(long required) {
    if (plan.lockstep() && newestStep() != required) {
      throw new IllegalStateException(
          "lockstep needs the snapshot of step " + required + ", but has " + newestStep());
    }
    busy = true;
    ParameterSnapshot toLoad = newer;
    List<Transitions> chunks = new ArrayList<>();
    while (chunks.size() < plan.chunksAtOnce() && !free.isEmpty()) {
      chunks.add(free.remove());
    }
    loadedStep = newestStep();
    newer = null;
    boolean due = plan.reportStep(loadedStep) > reportedStep;
    reportedStep = plan.reportStep(loadedStep);
    long age = Math.max(0, plan.updates(sampled) - loadedStep);
    long at = reportedStep;
    getContext()
        .pipeToSelf(
            lease.use(
                worker -> {
                  if (toLoad != null) {
                    worker.load(toLoad);
                  }
                  Interval interval =
                      due
                          ? new Interval(
                              worker.drainStatistics(),
                              worker.accuracy(),
                              worker.epsilon(),
                              at,
                              age)
                          : null;
                  return acted(worker, chunks, interval);
                }),
            (acted, failure) -> failure == null ? acted : failed(failure));
  }

  /** Fills one chunk, and others while newer parameters need not wait for long. */
  private Acted acted(EnvironmentWorker worker, List<Transitions> chunks, Interval interval) {
    long start = System.nanoTime();
    worker.step(chunks.get(0));
    int filled = 1;
    RuntimeException failure = null;
    while (filled < chunks.size()
        && failure == null
        && System.nanoTime() - start < AT_ONCE.toNanos()) {
      try {
        worker.step(chunks.get(filled));
        filled++;
      } catch (RuntimeException e) { // what was filled before is not lost by it
        failure = e;
      }
    }
    return new Acted(
        epoch, interval, chunks.subList(0, filled), chunks.subList(filled, chunks.size()), failure);
  }

  private void fetch(long atLeast) {
    if (fetchedStep < atLeast) { // one request at a time: it is answered or replaced by this one
      fetchedStep = atLeast;
      neighbours.board().tell(new ParameterBoard.Fetch(atLeast, published));
    }
  }

  private long newestStep() {
    return newer == null ? loadedStep : newer.step();
  }

  private Command failed(Throwable failure) {
    return new NativeFailed(epoch, Lease.cause(failure));
  }
}
