package io.limber.actors.remote.probe;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.limber.actors.probe.KeptSnapshots;
import io.limber.actors.probe.ProbeActor;
import io.limber.actors.probe.ProbeTask;
import io.limber.actors.remote.Arrival;
import io.limber.actors.remote.ClusterSettings;
import io.limber.actors.remote.References;
import io.limber.actors.remote.Transfer;
import io.limber.actors.resource.Resources;
import io.limber.protos.IncomingBytes;
import io.limber.protos.MalformedDataException;
import io.limber.protos.OutgoingOrder;
import io.limber.protos.ProbeAnswer;
import io.limber.protos.ProbeAnswerCodec;
import io.limber.protos.ProbeOrder;
import io.limber.protos.wire.ToOrderer;
import io.limber.protos.wire.ToReceiver;
import io.limber.protos.wire.ToSender;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Stands in for a {@link ProbeActor}: has its tasks measured by a seat on a node. Sends the whole
 * agent and the transitions, takes the answer, and keeps what was measured here, where the run
 * folder is.
 *
 * <p>Bounds: one task; a window of pieces on their way; an answer no larger than the limit. A node
 * of which nothing is heard for five intervals has failed.
 */
final class RemoteProbe extends AbstractBehavior<RemoteProbe.Command> {

  /** What this actor accepts; tasks come through the reference that it joins with. */
  sealed interface Command
      permits FromCoordinator, FromSeat, FromReceiver, FromResults, Kept, LookDue {}

  private record FromCoordinator(ProbeActor.Command message) implements Command {}

  private record FromSeat(ToOrderer message) implements Command {}

  private record FromReceiver(ToSender message) implements Command {}

  private record FromResults(ToReceiver message) implements Command {}

  private record Kept(ProbeAnswer answer) implements Command {}

  private enum LookDue implements Command {
    INSTANCE
  }

  /** Where its task is. */
  enum Stage {
    /** It has none. */
    IDLE,
    /** On its way to the node. */
    SENDING,
    /** At the node, behind others. */
    WAITING,
    /** Being measured. */
    MEASURING,
    /** Being kept. */
    KEEPING
  }

  /**
   * Told at each change.
   *
   * @param transferSeconds that the transfer took which has just ended
   */
  record State(int index, Stage stage, OptionalDouble transferSeconds) {}

  /**
   * Whom it talks to.
   *
   * @param kept takes what was measured
   * @param events the coordinator
   * @param seen hears of each change
   */
  record Neighbours(KeptSnapshots kept, ActorRef<ProbeActor.Event> events, ActorRef<State> seen) {}

  private static final int SILENCES = 5;

  private final int index;
  private final ClusterSettings settings;
  private final Neighbours neighbours;
  private final Executor blocking;
  private final Transfer transfer;
  private final Arrival<IncomingBytes> arrival;
  private final String replies;
  private final String results;
  private Stage stage = Stage.IDLE;
  private ProbeTask task;
  private long orders;
  private boolean heard;
  private int silences;
  private long startNanos;

  /**
   * @param index number of this worker among all of the run
   * @param seat takes orders, one at a time
   */
  static Behavior<Command> create(
      int index, ActorRef<ToReceiver> seat, ClusterSettings settings, Neighbours neighbours) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(LookDue.INSTANCE, settings.resendAfter());
                  return new RemoteProbe(context, index, seat, settings, neighbours);
                }));
  }

  private RemoteProbe(
      ActorContext<Command> context,
      int index,
      ActorRef<ToReceiver> seat,
      ClusterSettings settings,
      Neighbours neighbours) {
    super(context);
    this.index = index;
    this.settings = settings;
    this.neighbours = neighbours;
    blocking =
        context
            .getSystem()
            .dispatchers()
            .lookup(DispatcherSelector.fromConfig(Resources.NATIVE_DISPATCHER));
    String self = References.of(context, context.messageAdapter(ToSender.class, FromReceiver::new));
    transfer = new Transfer(seat, self, settings.snapshotWindow());
    arrival =
        new Arrival<>(context, header -> new IncomingBytes(header, settings.maxSnapshotBytes()));
    replies = References.of(context, context.messageAdapter(ToOrderer.class, FromSeat::new));
    results = References.of(context, context.messageAdapter(ToReceiver.class, FromResults::new));
    neighbours
        .events()
        .tell(
            new ProbeActor.Joined(
                index, context.messageAdapter(ProbeActor.Command.class, FromCoordinator::new)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(FromCoordinator.class, this::onFromCoordinator)
        .onMessage(FromReceiver.class, this::onFromReceiver)
        .onMessage(FromSeat.class, this::onFromSeat)
        .onMessage(FromResults.class, this::onFromResults)
        .onMessage(Kept.class, this::onKept)
        .onMessageEquals(LookDue.INSTANCE, this::onLookDue)
        .build();
  }

  private Behavior<Command> onFromCoordinator(FromCoordinator message) {
    if (message.message() instanceof ProbeActor.Measure measure) {
      task = measure.task();
      silences = 0;
      startNanos = System.nanoTime();
      transfer.begin(
          new OutgoingOrder(
              new ProbeOrder(
                  ++orders, task.probe(), replies, results, task.snapshot(), task.transitions())));
      enter(Stage.SENDING);
    } else {
      fail("the run is over"); // the node hears of that from the run's own end
    }
    return this;
  }

  private Behavior<Command> onFromReceiver(FromReceiver message) {
    if (transfer.arrived(message.message()) && stage == Stage.SENDING) {
      heard = true;
      stage = Stage.WAITING;
      double seconds = (System.nanoTime() - startNanos) * 1.0e-9;
      neighbours.seen().tell(new State(index, stage, OptionalDouble.of(seconds)));
    }
    return this;
  }

  private Behavior<Command> onFromSeat(FromSeat message) {
    if (!isMine(message.message().id())) {
      return this; // of an order that was given up
    }
    heard = true;
    transfer.cancel(); // it has all of it, whatever became of the last confirmation
    if (message.message() instanceof ToOrderer.Probing probing) {
      Stage now = probing.waiting() ? Stage.WAITING : Stage.MEASURING;
      if (now != stage) {
        enter(now);
      }
      neighbours.events().tell(new ProbeActor.Progressed(index, probing.done()));
    } else if (message.message() instanceof ToOrderer.Unmeasured unmeasured) {
      fail(unmeasured.reason());
    }
    return this;
  }

  /** Whether that is the order which is not answered yet. */
  private boolean isMine(long id) {
    return stage != Stage.IDLE && stage != Stage.KEEPING && id == orders;
  }

  private Behavior<Command> onFromResults(FromResults message) {
    heard = true;
    arrival.take(message.message()).ifPresent(this::onAnswer);
    return this;
  }

  private void onAnswer(IncomingBytes bytes) {
    try {
      ProbeAnswer answer = ProbeAnswerCodec.decode(bytes.finish());
      if (isMine(answer.id())) {
        keep(answer);
      }
    } catch (MalformedDataException e) {
      fail(e.getMessage());
    }
  }

  private void keep(ProbeAnswer answer) throws MalformedDataException {
    if (answer.step() != task.snapshot().step()) {
      throw new MalformedDataException("the answer is of step " + answer.step());
    }
    transfer.cancel();
    enter(Stage.KEEPING);
    ProbeTask measured = task;
    getContext()
        .pipeToSelf(
            CompletableFuture.runAsync(() -> neighbours.kept().keep(measured), blocking),
            (nothing, failure) -> new Kept(answer));
  }

  private Behavior<Command> onKept(Kept message) {
    if (stage == Stage.KEEPING) {
      enter(Stage.IDLE);
      ProbeAnswer answer = message.answer();
      neighbours.events().tell(new ProbeActor.Measured(index, answer.result(), answer.seconds()));
    }
    return this;
  }

  private Behavior<Command> onLookDue() {
    boolean silent =
        switch (stage) {
          case SENDING -> transfer.restartIfSilent();
          case WAITING, MEASURING -> !heard;
          default -> false;
        };
    heard = false;
    silences = silent ? silences + 1 : 0;
    if (silences >= SILENCES) {
      fail("nothing was heard of its node for " + settings.resendAfter().multipliedBy(SILENCES));
    }
    return this;
  }

  private void fail(String reason) {
    if (stage != Stage.IDLE) {
      transfer.cancel();
      enter(Stage.IDLE);
      neighbours.events().tell(new ProbeActor.Failed(index, reason));
    }
  }

  private void enter(Stage next) {
    stage = next;
    neighbours.seen().tell(new State(index, next, OptionalDouble.empty()));
  }
}
