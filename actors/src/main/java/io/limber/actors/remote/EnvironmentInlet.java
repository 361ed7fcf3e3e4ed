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
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.metrics.StepClock;
import io.limber.actors.replay.ReplayActor;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.core.state.SavedState;
import io.limber.protos.EncodedTransitions;
import io.limber.protos.LatestObservations;
import io.limber.protos.MalformedDataException;
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

  enum AskAgainDue implements Command {
    INSTANCE
  }

  enum Overdue implements Command {
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
   * @param chunkRows transitions in a chunk of the environment
   * @param saved what the environment goes on from; empty at the begin of a run
   * @param stateLimit how long it is waited for its state at a checkpoint
   * @param cluster what goes between nodes
   */
  record Plan(
      String environment,
      TransitionSpec spec,
      int window,
      int blockRows,
      int chunkRows,
      Optional<SavedState> saved,
      Duration stateLimit,
      ClusterSettings cluster,
      StepClock clock,
      Duration systemReportInterval) {}

  private final Plan plan;
  private final ActorRef<ReplayActor.Command> replay;
  private final ActorRef<MetricsActor.Command> metrics;
  private final ActorRef<ReplayActor.WriterReply> allowed;
  private final String entrance;
  private final ChunkLedger ledger = new ChunkLedger();
  private final Queue<Transitions> free = new ArrayDeque<>();
  private final InletStates states;
  private final LatestObservations latest;
  private ActorRef<ToUplink> uplink;
  private int replayEpoch;
  private boolean welcomed;
  private int lent; // buffers that replay has
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
    this.plan = plan;
    states = new InletStates(context, timers, plan, ledger);
    this.replay = replay;
    this.metrics = metrics;
    latest = new LatestObservations(plan.spec(), plan.chunkRows());
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
    } else if (from instanceof ToInlet.Blocks blocks) {
      onBlocks(blocks);
    } else if (from instanceof ToInlet.FetchState fetch) {
      states.give(fetch);
    } else if (from instanceof ToInlet.StatePart part) {
      states.take(part);
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
    states.goWithout("it started anew");
    ledger.begin(announce.epoch());
    uplink = References.resolve(getContext(), announce.uplink());
    welcomed = false;
    replayEpoch++;
    latest.forget();
    while (free.size() + lent < plan.window()) { // replay gives back all before it welcomes
      free.add(new Transitions(plan.spec(), plan.blockRows()));
    }
    replay.tell(new ReplayActor.Announce(replayEpoch, allowed));
  }

  private void onBlocks(ToInlet.Blocks message) {
    boolean repeated = false;
    boolean gap = false;
    long sequence = message.sequence();
    for (EncodedTransitions block : message.blocks()) {
      switch (ledger.judge(message.epoch(), sequence++)) {
        case NEXT -> take(block);
        case DUPLICATE -> {
          duplicates++;
          repeated = true;
        }
        case GAP -> {
          refused++;
          gap = true;
        }
        case STALE -> refused++;
      }
    }
    if (repeated || gap) {
      tellProgress(gap);
    }
  }

  private void take(EncodedTransitions block) {
    Transitions buffer = free.peek();
    if (!welcomed || buffer == null) {
      refused++; // beyond the window: it is asked for again
      return;
    }
    try {
      TransitionsCodec.decode(block, buffer, latest);
    } catch (MalformedDataException e) {
      refused++;
      getContext().getLog().warn("{}: {}", plan.environment(), e.getMessage());
      return;
    }
    free.remove();
    lent++;
    states.acted();
    ledger.taken();
    bytes += block.size();
    replay.tell(new ReplayActor.Insert(buffer, replayEpoch, allowed));
  }

  private Behavior<Command> onAllowed(Allowed message) {
    ReplayActor.WriterReply reply = message.reply();
    if (reply instanceof ReplayActor.Inserted stored) {
      takeBack(stored.chunk());
    } else if (reply instanceof ReplayActor.Dropped dropped) {
      takeBack(dropped.chunk());
    }
    if (reply.epoch() != replayEpoch) {
      if (reply instanceof ReplayActor.Inserted stored) {
        ledger.storedEarlier(stored.chunk().size());
      }
      return this; // for an epoch that is void
    }
    sampled = reply.sampled();
    if (reply instanceof ReplayActor.Inserted stored) {
      inserted = stored.inserted();
      ledger.stored(stored.chunk().size());
      if (ledger.allStored() || ledger.storedUntold() >= Math.max(1, plan.window() / 2)) {
        tellProgress(false); // one for all blocks of a message
      }
    } else if (reply instanceof ReplayActor.Welcomed welcome) {
      inserted = welcome.inserted();
      welcomed = true;
      tellProgress(false);
    }
    return this;
  }

  private void takeBack(Transitions chunk) {
    lent--;
    free.add(chunk);
  }

  private Behavior<Command> onVacate(Vacate vacate) {
    ledger.vacate(vacate.nextPlacement());
    states.vacated(vacate.anew());
    vacate
        .replyTo()
        .tell(new Vacant(plan.environment(), states.steps(), entrance, states.hasSaved()));
    return this;
  }

  private Behavior<Command> onSave(Save message) {
    states.ask(message.save(), welcomed ? uplink : null);
    return this;
  }

  private Behavior<Command> onAskAgainDue() {
    states.askAgain();
    return this;
  }

  private Behavior<Command> onOverdue() {
    states.goWithout("its node has not given it within " + plan.stateLimit());
    return this;
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
