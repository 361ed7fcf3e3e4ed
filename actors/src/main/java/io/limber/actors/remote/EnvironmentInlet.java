package io.limber.actors.remote;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.limber.actors.environment.EnvironmentActor;
import io.limber.actors.environment.EnvironmentState;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.metrics.StepClock;
import io.limber.actors.replay.ReplayActor;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.core.state.SavedState;
import io.limber.protos.MalformedDataException;
import io.limber.protos.OutgoingState;
import io.limber.protos.TransitionsCodec;
import io.limber.protos.wire.ToInlet;
import io.limber.protos.wire.ToUplink;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * Stands in for one environment on another node beside the replay actor: takes each chunk once,
 * inserts it, and tells the {@link EnvironmentUplink} how far it has got. It outlives the
 * environment's nodes, so that nothing of an earlier one can come twice.
 *
 * <p>Bounds: as many buffers as the environment may have chunks on their way; a chunk for which
 * there is none is dropped and asked for again.
 */
final class EnvironmentInlet extends AbstractBehavior<EnvironmentInlet.Command> {

  /** What this actor accepts. */
  sealed interface Command
      permits FromEnvironment, Allowed, Vacate, Save, AskAgainDue, Overdue, ReportDue {}

  /**
   * The environment leaves its node: nothing more of there is taken. Answered by {@link Vacant}.
   *
   * @param nextPlacement the first of which chunks are taken from now on
   * @param anew the environment was given up: if it has not acted since it was to go on from its
   *     saved state, then it goes on without
   */
  record Vacate(int nextPlacement, boolean anew, ActorRef<Vacant> replyTo) implements Command {}

  /**
   * Asks the environment for its state, for a checkpoint. Answered within {@link Plan#stateLimit}
   * in any case, without the environments if they have not answered by then.
   */
  record Save(EnvironmentActor.Save save) implements Command {}

  private record FromEnvironment(ToInlet message) implements Command {}

  private record Allowed(ReplayActor.WriterReply reply) implements Command {}

  private enum AskAgainDue implements Command {
    INSTANCE
  }

  private enum Overdue implements Command {
    INSTANCE
  }

  private enum ReportDue implements Command {
    INSTANCE
  }

  /**
   * Answer to {@link Vacate}.
   *
   * @param steps environment steps that have been stored
   * @param entrance reference that takes {@link ToInlet}
   * @param saved there is a state that the environment goes on from
   */
  record Vacant(String environment, long steps, String entrance, boolean saved) {}

  /**
   * What does not change.
   *
   * @param environment name of the environment actor
   * @param window chunks that may be on their way
   * @param blockRows transitions in a chunk on the wire
   * @param saved what the environment goes on from; empty at the begin of a run
   * @param stateLimit how long it is waited for its state at a checkpoint
   * @param cluster what goes between nodes
   */
  record Plan(
      String environment,
      TransitionSpec spec,
      int window,
      int blockRows,
      Optional<SavedState> saved,
      Duration stateLimit,
      ClusterSettings cluster,
      StepClock clock,
      Duration systemReportInterval) {}

  /** A question for the environment's state. */
  private record Question(long number, EnvironmentActor.Save save, StatePull pull) {}

  private final Plan plan;
  private final TimerScheduler<Command> timers;
  private final ActorRef<ReplayActor.Command> replay;
  private final ActorRef<MetricsActor.Command> metrics;
  private final ActorRef<ReplayActor.WriterReply> allowed;
  private final String entrance;
  private final ChunkLedger ledger = new ChunkLedger();
  private final Queue<Transitions> free = new ArrayDeque<>();
  private final long stepsBefore;
  private OutgoingState saved; // until the environment acts again; null if there is none
  private Question question; // null while none is open
  private long questions;
  private ActorRef<ToUplink> uplink;
  private int replayEpoch;
  private boolean welcomed;
  private long inserted;
  private long sampled;
  private long bytes;
  private long duplicates;
  private long refused;

  static Behavior<Command> create(
      Plan plan, ActorRef<ReplayActor.Command> replay, ActorRef<MetricsActor.Command> metrics) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(ReportDue.INSTANCE, plan.systemReportInterval());
                  return new EnvironmentInlet(context, timers, plan, replay, metrics);
                }));
  }

  private EnvironmentInlet(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Plan plan,
      ActorRef<ReplayActor.Command> replay,
      ActorRef<MetricsActor.Command> metrics) {
    super(context);
    this.timers = timers;
    this.plan = plan;
    stepsBefore = plan.saved().map(EnvironmentState::steps).orElse(0L);
    saved = plan.saved().filter(EnvironmentState::isWhole).map(OutgoingState::new).orElse(null);
    this.replay = replay;
    this.metrics = metrics;
    allowed = context.messageAdapter(ReplayActor.WriterReply.class, Allowed::new);
    entrance = References.of(context, context.messageAdapter(ToInlet.class, FromEnvironment::new));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(FromEnvironment.class, this::onFromEnvironment)
        .onMessage(Allowed.class, this::onAllowed)
        .onMessage(Vacate.class, this::onVacate)
        .onMessage(Save.class, this::onSave)
        .onMessageEquals(AskAgainDue.INSTANCE, this::onAskAgainDue)
        .onMessageEquals(Overdue.INSTANCE, this::onOverdue)
        .onMessageEquals(ReportDue.INSTANCE, this::onReportDue)
        .onSignal(PostStop.class, signal -> onReportDue()) // the last count is the whole count
        .build();
  }

  private Behavior<Command> onFromEnvironment(FromEnvironment message) {
    ToInlet from = message.message();
    if (from instanceof ToInlet.Announce announce) {
      onAnnounce(announce);
    } else if (from instanceof ToInlet.Chunk chunk) {
      onChunk(chunk);
    } else if (from instanceof ToInlet.FetchState fetch) {
      onFetchState(fetch);
    } else if (from instanceof ToInlet.StatePart part) {
      onStatePart(part);
    } else if (welcomed && from.epoch() == ledger.epoch()) {
      tellProgress(true);
    }
    return this;
  }

  private void onAnnounce(ToInlet.Announce announce) {
    if (!ledger.accepts(announce.epoch())) {
      refused++;
    } else if (announce.epoch() > ledger.epoch()) {
      begin(announce);
    } else if (welcomed) {
      tellProgress(true); // the answer to the first one got lost
    }
  }

  private void begin(ToInlet.Announce announce) {
    goWithout("it started anew");
    ledger.begin(announce.epoch());
    uplink = References.resolve(getContext(), announce.uplink());
    welcomed = false;
    replayEpoch++;
    free.clear(); // replay drops those that wait there, so all of them are new
    for (int i = 0; i < plan.window(); i++) {
      free.add(new Transitions(plan.spec(), plan.blockRows()));
    }
    replay.tell(new ReplayActor.Announce(replayEpoch, allowed));
  }

  private void onChunk(ToInlet.Chunk chunk) {
    switch (ledger.judge(chunk.epoch(), chunk.sequence())) {
      case NEXT -> take(chunk);
      case DUPLICATE -> {
        duplicates++;
        tellProgress(false);
      }
      case GAP -> {
        refused++;
        tellProgress(true);
      }
      case STALE -> refused++;
    }
  }

  private void take(ToInlet.Chunk chunk) {
    Transitions buffer = free.peek();
    if (!welcomed || buffer == null) {
      refused++; // beyond the window: it is asked for again
      return;
    }
    try {
      TransitionsCodec.decode(chunk.block(), buffer);
    } catch (MalformedDataException e) {
      refused++;
      getContext().getLog().warn("{}: {}", plan.environment(), e.getMessage());
      return;
    }
    free.remove();
    if (saved != null) {
      getContext().getLog().info("{} goes on where it was", plan.environment());
      saved = null;
    }
    ledger.taken();
    bytes += chunk.block().remaining();
    replay.tell(new ReplayActor.Insert(buffer, replayEpoch, allowed));
  }

  private Behavior<Command> onAllowed(Allowed message) {
    ReplayActor.WriterReply reply = message.reply();
    if (reply.epoch() != replayEpoch) {
      return this; // for an epoch that is void
    }
    sampled = reply.sampled();
    if (reply instanceof ReplayActor.Inserted stored) {
      inserted = stored.inserted();
      ledger.stored(stored.chunk().size());
      free.add(stored.chunk());
    } else {
      inserted = ((ReplayActor.Welcomed) reply).inserted();
      welcomed = true;
    }
    tellProgress(false);
    return this;
  }

  private Behavior<Command> onVacate(Vacate vacate) {
    ledger.vacate(vacate.nextPlacement());
    goWithout("it leaves its node");
    if (vacate.anew() && saved != null) {
      getContext().getLog().warn("{} goes on without its saved state", plan.environment());
      saved = null;
    }
    vacate.replyTo().tell(new Vacant(plan.environment(), steps(), entrance, saved != null));
    return this;
  }

  private long steps() {
    return stepsBefore + ledger.rows();
  }

  private void onFetchState(ToInlet.FetchState fetch) {
    if (saved != null && ledger.accepts(fetch.epoch())) {
      ActorRef<ToUplink> asking = References.resolve(getContext(), fetch.uplink());
      saved
          .pieces(fetch.from(), Math.min(fetch.to(), fetch.from() + window()))
          .forEach(piece -> asking.tell(new ToUplink.StatePart(fetch.epoch(), piece)));
    }
  }

  private int window() {
    return plan.cluster().snapshotWindow();
  }

  private Behavior<Command> onSave(Save message) {
    goWithout("the next checkpoint came");
    question = new Question(++questions, message.save(), new StatePull(window()));
    if (!welcomed || !ledger.accepts(ledger.epoch())) {
      goWithout("it is on no node");
      return this;
    }
    ask(question.pull().next());
    timers.startSingleTimer(Overdue.INSTANCE, plan.stateLimit());
    timers.startTimerWithFixedDelay(AskAgainDue.INSTANCE, plan.cluster().resendAfter());
    return this;
  }

  private void ask(StatePull.Range pieces) {
    uplink.tell(
        new ToUplink.SaveState(ledger.epoch(), question.number(), pieces.from(), pieces.to()));
  }

  private void onStatePart(ToInlet.StatePart part) {
    if (question == null
        || part.question() != question.number()
        || part.epoch() != ledger.epoch()) {
      return; // to a question that was given up
    }
    try {
      question.pull().add(part.piece()).ifPresent(this::ask);
      if (question.pull().complete()) {
        answer(question.pull().finish());
      }
    } catch (MalformedDataException e) {
      goWithout(e.getMessage());
    }
  }

  private Behavior<Command> onAskAgainDue() {
    question.pull().again().ifPresent(this::ask);
    return this;
  }

  private Behavior<Command> onOverdue() {
    goWithout("its node has not given it within " + plan.stateLimit());
    return this;
  }

  /** Answers the open question, if there is one, with what is known here. */
  private void goWithout(String reason) {
    if (question != null) {
      getContext().getLog().warn("no state of {}: {}", plan.environment(), reason);
      answer(EnvironmentState.after(steps()));
    }
  }

  private void answer(SavedState state) {
    timers.cancel(Overdue.INSTANCE);
    timers.cancel(AskAgainDue.INSTANCE);
    EnvironmentActor.Save asked = question.save();
    question = null;
    asked.replyTo().tell(new EnvironmentActor.Saved(asked.step(), plan.environment(), state));
  }

  private Behavior<Command> onReportDue() {
    Map<Metric, Double> values =
        Map.of(
            Metric.CLUSTER_TRANSITIONS, (double) ledger.rows(),
            Metric.CLUSTER_BYTES, (double) bytes,
            Metric.CLUSTER_DUPLICATES, (double) duplicates,
            Metric.CLUSTER_REFUSED, (double) refused);
    String source = "inlet-of-" + plan.environment();
    metrics.tell(new MetricsActor.Record(Report.of(source, plan.clock().step(), values)));
    return this;
  }

  private void tellProgress(boolean resend) {
    uplink.tell(ledger.progress(inserted, sampled, resend));
  }
}
