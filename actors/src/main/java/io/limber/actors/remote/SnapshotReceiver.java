package io.limber.actors.remote;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.limber.actors.learner.ParameterBoard;
import io.limber.protos.IncomingSnapshot;
import io.limber.protos.wire.ToReceiver;

/**
 * Puts snapshots from a {@link SnapshotSender} on the board of its node.
 *
 * <p>Bounds: one snapshot under way, no larger than its limit.
 */
public final class SnapshotReceiver extends AbstractBehavior<SnapshotReceiver.Command> {

  /** What this actor accepts. */
  public sealed interface Command permits FromSender {}

  private record FromSender(ToReceiver message) implements Command {}

  private final ActorRef<ParameterBoard.Command> board;
  private final Arrival<IncomingSnapshot> arrival;

  /**
   * @param limitBytes the most that the parameters may take
   * @param opened is told the reference that takes {@link ToReceiver}
   */
  public static Behavior<Command> create(
      long limitBytes, ActorRef<ParameterBoard.Command> board, ActorRef<String> opened) {
    return Behaviors.setup(context -> new SnapshotReceiver(context, limitBytes, board, opened));
  }

  private SnapshotReceiver(
      ActorContext<Command> context,
      long limitBytes,
      ActorRef<ParameterBoard.Command> board,
      ActorRef<String> opened) {
    super(context);
    this.board = board;
    arrival = new Arrival<>(context, header -> new IncomingSnapshot(header, limitBytes));
    opened.tell(References.of(context, context.messageAdapter(ToReceiver.class, FromSender::new)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onMessage(FromSender.class, this::onFromSender).build();
  }

  private Behavior<Command> onFromSender(FromSender message) {
    arrival
        .take(message.message())
        .ifPresent(whole -> board.tell(new ParameterBoard.Publish(whole.finish())));
    return this;
  }
}
