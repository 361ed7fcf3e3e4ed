package io.limber.actors.checkpoint;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.limber.actors.environment.EnvironmentActor;
import io.limber.actors.learner.LearnerSave;
import io.limber.actors.learner.ParameterBoard;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.probe.ProbeCoordinator;
import io.limber.actors.replay.ReplayActor;
import io.limber.actors.resource.Lease;
import io.limber.core.checkpoint.Manifest;
import io.limber.core.checkpoint.Segment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Makes a checkpoint when the learner has saved itself: asks every actor what it goes on from, lets
 * training go on when all have answered, and writes beside it.
 *
 * <p>In lockstep the learner waits until all have answered, and they are asked when the
 * environments stand still: the states are those of one moment. In async nobody waits; each answers
 * at its own next moment, so the states fit each other but for the chunks, batches and measurements
 * that were under way.
 *
 * <p>A checkpoint that fails, on a full disk for instance, changes nothing of the older ones and
 * nothing of training; it is counted, logged and tried again, later and later, once there is room.
 *
 * <p>Bounds: one checkpoint at a time; the learner begins none before it has heard {@link
 * LearnerSave.Ended}.
 */
public final class Checkpointer extends AbstractBehavior<Checkpointer.Command> {

  /** What this actor accepts. */
  public sealed interface Command
      permits LearnerSaid,
          Settled,
          ReplaySaved,
          EnvironmentSaved,
          ProbesSaved,
          PolicyRead,
          Marked,
          Written,
          Discarded,
          Overdue,
          RetryDue {}

  /** The learner has saved itself, or could not. */
  public record LearnerSaid(LearnerSave.Event event) implements Command {}

  record Settled() implements Command {}

  record ReplaySaved(ReplayActor.SaveReply reply) implements Command {}

  record EnvironmentSaved(EnvironmentActor.Saved saved) implements Command {}

  record ProbesSaved(ProbeCoordinator.Saved saved) implements Command {}

  record PolicyRead(ParameterBoard.Published published) implements Command {}

  record Marked(MetricsActor.Marked marked) implements Command {}

  private record Written(Draft of, Manifest manifest, Throwable failure) implements Command {}

  private record Discarded(Throwable failure) implements Command {}

  private enum Overdue implements Command {
    INSTANCE
  }

  private enum RetryDue implements Command {
    INSTANCE
  }

  /**
   * Whom a checkpointer asks.
   *
   * @param environments those in this process
   * @param elsewhere those on other nodes; empty if there are none
   */
  public record Neighbours(
      ActorRef<ReplayActor.Command> replay,
      List<ActorRef<EnvironmentActor.Command>> environments,
      Optional<Elsewhere> elsewhere,
      ActorRef<ProbeCoordinator.Command> probes,
      ActorRef<ParameterBoard.Command> board,
      ActorRef<MetricsActor.Command> metrics) {}

  /**
   * Environments on other nodes.
   *
   * @param names of all of them
   * @param ask asks all of them; each answers within a limit, without its environments if need be
   */
  public record Elsewhere(Set<String> names, Consumer<EnvironmentActor.Save> ask) {}

  private final boolean lockstep;
  private final CheckpointSettings settings;
  private final Participants participants;
  private final TimerScheduler<Command> timers;
  private final CheckpointWriter writer;
  private final SegmentList segments;
  private final CheckpointReports reports;
  private final Backoff backoff;
  private final Executor blocking;
  private Draft draft; // null while none is gathered
  private ActorRef<LearnerSave.Reply> learner;
  private boolean marking;
  private boolean told;

  /**
   * @param capacity transitions that replay holds
   */
  public static Behavior<Command> create(
      boolean lockstep,
      CheckpointSettings settings,
      CheckpointParts parts,
      int capacity,
      Neighbours neighbours) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new Checkpointer(
                        context, timers, lockstep, settings, parts, capacity, neighbours)));
  }

  private Checkpointer(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      boolean lockstep,
      CheckpointSettings settings,
      CheckpointParts parts,
      int capacity,
      Neighbours neighbours) {
    super(context);
    this.lockstep = lockstep;
    this.settings = settings;
    participants = new Participants(context, neighbours);
    this.timers = timers;
    writer = new CheckpointWriter(parts, settings.retention(), settings.bestMetric());
    segments =
        new SegmentList(
            capacity, parts.resume().map(point -> point.manifest().segments()).orElse(List.of()));
    reports = new CheckpointReports(context.getSelf().path().name());
    backoff = new Backoff(settings.minBackoff(), settings.maxBackoff());
    blocking = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(LearnerSaid.class, this::onLearnerSaid)
        .onMessage(Settled.class, message -> askAll())
        .onMessage(ReplaySaved.class, this::onReplaySaved)
        .onMessage(EnvironmentSaved.class, this::onEnvironmentSaved)
        .onMessage(ProbesSaved.class, this::onProbesSaved)
        .onMessage(PolicyRead.class, this::onPolicyRead)
        .onMessage(Marked.class, this::onMarked)
        .onMessage(Written.class, this::onWritten)
        .onMessage(Discarded.class, this::onDiscarded)
        .onMessageEquals(Overdue.INSTANCE, this::onOverdue)
        .onMessageEquals(RetryDue.INSTANCE, this::onRetryDue)
        .onSignal(Terminated.class, this::onTerminated)
        .build();
  }

  private Behavior<Command> onLearnerSaid(LearnerSaid message) {
    if (message.event() instanceof LearnerSave.Begun begun) {
      return onBegun(begun);
    }
    LearnerSave.Failed failed = (LearnerSave.Failed) message.event();
    learner = failed.replyTo();
    return failed(failed.step(), failed.reason());
  }

  private Behavior<Command> onBegun(LearnerSave.Begun begin) {
    timers.cancel(RetryDue.INSTANCE);
    learner = begin.replyTo();
    draft = new Draft(begin, participants.environments());
    marking = false;
    told = false;
    timers.startSingleTimer(Overdue.INSTANCE, settings.limit());
    if (lockstep) {
      participants.settle();
      return this;
    }
    reports.stalled(begin.startNanos(), System.nanoTime()); // the learner goes on already
    mark(); // before others report of later steps
    return askAll();
  }

  private Behavior<Command> askAll() {
    if (draft != null) {
      participants.ask(
          draft.begin.step(), draft.begin.stopping(), segments.next(), writer.parts().folder());
    }
    return this;
  }

  private void mark() {
    marking = true;
    participants.askMetrics(draft.begin.step());
  }

  /** Answers may come when the checkpoint they belong to was given up. */
  private boolean isOfDraft(long step) {
    return draft != null && draft.begin.step() == step;
  }

  private Behavior<Command> onReplaySaved(ReplaySaved message) {
    if (message.reply() instanceof ReplayActor.RowsWritten rows) {
      rows.segment().ifPresent(segments::add); // whatever becomes of this checkpoint
      if (isOfDraft(rows.step()) && rows.failure().isPresent()) {
        return fail(rows.failure().get());
      }
      if (isOfDraft(rows.step())) {
        draft.rows(rows.segment());
      }
    } else if (message.reply() instanceof ReplayActor.Saved saved && isOfDraft(saved.step())) {
      draft.replay(saved.state(), saved.inserted());
    }
    return goOn();
  }

  private Behavior<Command> onEnvironmentSaved(EnvironmentSaved message) {
    if (isOfDraft(message.saved().step())) {
      draft.environment(message.saved().name(), message.saved().state());
    }
    return goOn();
  }

  private Behavior<Command> onProbesSaved(ProbesSaved message) {
    if (isOfDraft(message.saved().step())) {
      draft.probes(message.saved().state());
    }
    return goOn();
  }

  private Behavior<Command> onPolicyRead(PolicyRead message) {
    if (draft != null) {
      draft.policy(message.published().snapshot());
    }
    return goOn();
  }

  private Behavior<Command> onMarked(Marked message) {
    if (!isOfDraft(message.marked().step())) {
      return this;
    }
    if (message.marked().failure().isPresent()) {
      return fail(message.marked().failure().get());
    }
    draft.metrics(message.marked().bytes());
    return goOn();
  }

  private Behavior<Command> onTerminated(Terminated signal) {
    String environment = signal.getRef().path().name();
    participants.ended(environment);
    if (draft != null) {
      draft.without(environment);
    }
    return goOn();
  }

  /** Takes the next step that what has been answered allows. */
  private Behavior<Command> goOn() {
    if (draft == null) {
      return this;
    }
    if (draft.statesTaken() && !marking) {
      mark();
    }
    if (draft.taken() && !told) {
      told = true;
      if (lockstep) {
        reports.stalled(draft.begin.startNanos(), System.nanoTime());
      }
      learner.tell(new LearnerSave.Taken(draft.begin.step()));
    }
    if (draft.whole()) {
      write();
    }
    return this;
  }

  private void write() {
    timers.cancel(Overdue.INSTANCE);
    Draft whole = draft;
    draft = null;
    List<Segment> needed = segments.neededAt(whole.inserted());
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(() -> writer.write(whole, needed), blocking),
            (manifest, failure) -> new Written(whole, manifest, failure));
  }

  private Behavior<Command> onWritten(Written message) {
    if (message.failure() != null) {
      draft = message.of();
      return fail(String.valueOf(Lease.cause(message.failure()).getMessage()));
    }
    backoff.reset();
    Draft written = message.of();
    reports.completed(message.manifest(), written);
    participants.record(
        reports.report(written.begin.step(), written.begin.startNanos(), System.nanoTime()));
    if (!written.begunAnew().isEmpty()) {
      getContext()
          .getLog()
          .warn(
              "the checkpoint at step {} is without the environments of {}: they begin anew when"
                  + " the run is resumed from it",
              written.begin.step(),
              String.join(", ", written.begunAnew()));
    }
    learner.tell(new LearnerSave.Ended(written.begin.step()));
    return this;
  }

  private Behavior<Command> onOverdue() {
    return draft == null
        ? this
        : fail("no answer within " + settings.limit() + " from: " + draft.missing());
  }

  private Behavior<Command> fail(String reason) {
    timers.cancel(Overdue.INSTANCE);
    Path staging = draft.begin.staging();
    long step = draft.begin.step();
    draft = null;
    getContext()
        .pipeToSelf(
            CompletableFuture.runAsync(() -> writer.discard(staging), blocking),
            (nothing, failure) -> new Discarded(failure));
    return failed(step, reason);
  }

  private Behavior<Command> failed(long step, String reason) {
    reports.failed();
    getContext()
        .getLog()
        .error(
            "no checkpoint at step {}: {}; training goes on, older checkpoints stay, next try in {}",
            step,
            reason,
            backoff.next());
    participants.record(reports.failures(step));
    learner.tell(new LearnerSave.Ended(step));
    timers.startSingleTimer(RetryDue.INSTANCE, backoff.next());
    backoff.lengthen();
    return this;
  }

  private Behavior<Command> onDiscarded(Discarded message) {
    if (message.failure() != null) {
      getContext().getLog().warn("a given-up checkpoint could not be deleted", message.failure());
    }
    return this;
  }

  /** A quick look before the learner is asked: a full disk stays full for hours. */
  private Behavior<Command> onRetryDue() {
    if (writer.hasRoom(reports.lastBytes())) {
      learner.tell(new LearnerSave.TryAgain());
    } else {
      timers.startSingleTimer(RetryDue.INSTANCE, backoff.next());
      backoff.lengthen();
    }
    return this;
  }
}
