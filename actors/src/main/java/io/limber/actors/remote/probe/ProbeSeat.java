package io.limber.actors.remote.probe;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.limber.actors.probe.KeptSnapshots;
import io.limber.actors.probe.ProbeActor;
import io.limber.actors.probe.ProbeTask;
import io.limber.actors.remote.Arrival;
import io.limber.actors.remote.ClusterSettings;
import io.limber.actors.remote.HostedRun;
import io.limber.actors.remote.References;
import io.limber.actors.remote.Transfer;
import io.limber.actors.resource.Resources;
import io.limber.protos.IncomingOrder;
import io.limber.protos.MalformedDataException;
import io.limber.protos.OutgoingBytes;
import io.limber.protos.ProbeAnswer;
import io.limber.protos.ProbeAnswerCodec;
import io.limber.protos.ProbeOrder;
import io.limber.protos.wire.ToOrderer;
import io.limber.protos.wire.ToReceiver;
import io.limber.protos.wire.ToSender;

/**
 * Measures for a run on another node, one order at a time, by the same {@link ProbeActor} that
 * measures in a run's process. A new order replaces the one before: whoever ordered that has given
 * it up.
 *
 * <p>Bounds: one order, and one that comes in, no part of it larger than the limit; progress is
 * told at most a hundred times and once per interval.
 */
final class ProbeSeat extends AbstractBehavior<ProbeSeat.Command> {

  /** What this actor accepts: it is stopped by whoever spawned it. */
  sealed interface Command permits FromRun, FromProbe, FromResults, MyTurn, TellDue {}

  private record FromRun(ToReceiver message) implements Command {}

  private record FromProbe(ProbeActor.Event event) implements Command {}

  private record FromResults(ToSender message) implements Command {}

  private enum MyTurn implements Command {
    INSTANCE
  }

  private enum TellDue implements Command {
    INSTANCE
  }

  /** All probes are made; orders go to {@code reference}. */
  record Opened(int index, String reference) {}

  private enum Stage {
    IDLE,
    WAITING,
    MEASURING,
    ANSWERING
  }

  private static final int SILENCES = 5;

  private final int index;
  private final HostedRun run;
  private final ClusterSettings settings;
  private final ActorRef<ProbeTurns.Command> turns;
  private final ActorRef<ProbeTurns.Turn> turn;
  private final ActorRef<Opened> opened;
  private final String entrance;
  private final String sender;
  private final ActorRef<ProbeActor.Command> probe;
  private final Arrival<IncomingOrder> arrival;
  private Stage stage = Stage.IDLE;
  private ProbeOrder order;
  private ProbeOrder next;
  private Transfer answer;
  private double done;
  private int silences;

  /**
   * @param turns whom it asks before it measures
   * @param opened is told when all probes are made
   */
  static Behavior<Command> create(
      int index,
      HostedRun run,
      Resources resources,
      ActorRef<ProbeTurns.Command> turns,
      ActorRef<Opened> opened) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(
                      TellDue.INSTANCE, run.settings().cluster().resendAfter());
                  return new ProbeSeat(context, index, run, resources, turns, opened);
                }));
  }

  private ProbeSeat(
      ActorContext<Command> context,
      int index,
      HostedRun run,
      Resources resources,
      ActorRef<ProbeTurns.Command> turns,
      ActorRef<Opened> opened) {
    super(context);
    this.index = index;
    this.run = run;
    this.turns = turns;
    this.opened = opened;
    settings = run.settings().cluster();
    turn = context.messageAdapter(ProbeTurns.Turn.class, yours -> MyTurn.INSTANCE);
    entrance = References.of(context, context.messageAdapter(ToReceiver.class, FromRun::new));
    sender = References.of(context, context.messageAdapter(ToSender.class, FromResults::new));
    arrival =
        new Arrival<>(context, header -> new IncomingOrder(header, settings.maxSnapshotBytes()));
    probe =
        context.spawn(
            ProbeActor.create(
                index,
                run.probes().factory(),
                run.probes().names(),
                KeptSnapshots.none(), // the run keeps them, in its folder
                resources,
                context.messageAdapter(ProbeActor.Event.class, FromProbe::new)),
            "probe-" + index);
    context.watch(probe); // its end is this one's: the run hears of it
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(FromRun.class, this::onFromRun)
        .onMessage(FromProbe.class, this::onFromProbe)
        .onMessage(FromResults.class, this::onFromResults)
        .onMessageEquals(MyTurn.INSTANCE, this::onMyTurn)
        .onMessageEquals(TellDue.INSTANCE, this::onTellDue)
        .build();
  }

  private Behavior<Command> onFromRun(FromRun message) {
    arrival.take(message.message()).ifPresent(this::take);
    return this;
  }

  private void take(IncomingOrder whole) {
    try {
      ProbeOrder taken = whole.finish(run.settings().spec());
      if (isKnown(taken, order) || isKnown(taken, next)) {
        return; // it came twice
      }
      next = taken;
    } catch (MalformedDataException e) {
      getContext().getLog().warn("an order was not taken: {}", e.getMessage());
      return;
    }
    if (stage == Stage.MEASURING) {
      probe.tell(ProbeActor.Cancel.INSTANCE); // its end lets the next one begin
    } else {
      goOn();
    }
  }

  private static boolean isKnown(ProbeOrder taken, ProbeOrder known) {
    return known != null && taken.id() == known.id() && taken.replies().equals(known.replies());
  }

  /** Leaves the order that it has, and begins the next if there is one. */
  private void goOn() {
    turns.tell(new ProbeTurns.Done(turn));
    stage = Stage.IDLE;
    answer = null;
    if (next != null) {
      order = next;
      next = null;
      done = 0;
      stage = Stage.WAITING;
      turns.tell(new ProbeTurns.Ask(turn));
      tellState();
    }
  }

  private Behavior<Command> onMyTurn() {
    if (stage == Stage.WAITING) {
      stage = Stage.MEASURING;
      probe.tell(
          new ProbeActor.Measure(
              ProbeTask.first(order.id(), order.probe(), order.snapshot(), order.transitions())));
      tellState();
    }
    return this;
  }

  private Behavior<Command> onFromProbe(FromProbe message) {
    ProbeActor.Event event = message.event();
    if (event instanceof ProbeActor.Progressed progressed) {
      done = progressed.done();
      tellState();
    } else if (event instanceof ProbeActor.Measured measured) {
      onMeasured(measured);
    } else if (event instanceof ProbeActor.Failed failed) {
      replies().tell(new ToOrderer.Unmeasured(order.id(), failed.reason()));
      goOn();
    } else if (event instanceof ProbeActor.Ready) {
      opened.tell(new Opened(index, entrance));
    } else if (event instanceof ProbeActor.Unavailable unavailable) {
      getContext().getLog().error("a probe cannot be made here: {}", unavailable.reason());
      return Behaviors.stopped();
    }
    return this;
  }

  private void onMeasured(ProbeActor.Measured measured) {
    if (next != null) {
      goOn();
      return;
    }
    turns.tell(new ProbeTurns.Done(turn));
    stage = Stage.ANSWERING;
    silences = 0;
    done = 1;
    ProbeAnswer found =
        new ProbeAnswer(order.id(), order.snapshot().step(), measured.seconds(), measured.result());
    answer =
        new Transfer(
            References.resolve(getContext(), order.results()), sender, settings.snapshotWindow());
    answer.begin(new OutgoingBytes(ProbeAnswerCodec.encode(found)));
  }

  private Behavior<Command> onFromResults(FromResults message) {
    if (answer != null && answer.arrived(message.message())) {
      goOn();
    }
    return this;
  }

  private Behavior<Command> onTellDue() {
    if (stage != Stage.IDLE) {
      tellState();
    }
    if (stage == Stage.ANSWERING) {
      silences = answer.restartIfSilent() ? silences + 1 : 0;
      if (silences >= SILENCES) {
        getContext().getLog().warn("nobody takes what {} found", order.probe());
        goOn();
      }
    }
    return this;
  }

  private void tellState() {
    replies().tell(new ToOrderer.Probing(order.id(), done, stage == Stage.WAITING));
  }

  private ActorRef<ToOrderer> replies() {
    return References.resolve(getContext(), order.replies());
  }
}
