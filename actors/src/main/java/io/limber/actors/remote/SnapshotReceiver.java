package io.limber.actors.remote;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.limber.actors.learner.ParameterBoard;
import io.limber.protos.IncomingSnapshot;
import io.limber.protos.MalformedDataException;
import io.limber.protos.wire.ToReceiver;
import io.limber.protos.wire.ToSender;

/**
 * Puts snapshots from a {@link SnapshotSender} on the board of its node. What is malformed or out
 * of order ends the transfer; the sender begins it again when it hears nothing more.
 *
 * <p>Bounds: one snapshot under way, no larger than its limit.
 */
public final class SnapshotReceiver extends AbstractBehavior<SnapshotReceiver.Command> {

  /** What this actor accepts. */
  public sealed interface Command permits FromSender {}

  private record FromSender(ToReceiver message) implements Command {}

  private final long limitBytes;
  private final ActorRef<ParameterBoard.Command> board;
  private ActorRef<ToSender> sender;
  private long transfer;
  private IncomingSnapshot snapshot;

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
    this.limitBytes = limitBytes;
    this.board = board;
    opened.tell(References.of(context, context.messageAdapter(ToReceiver.class, FromSender::new)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onMessage(FromSender.class, this::onFromSender).build();
  }

  private Behavior<Command> onFromSender(FromSender message) {
    try {
      if (message.message() instanceof ToReceiver.SnapshotStart start) {
        begin(start);
      } else if (snapshot != null && message.message().transfer() == transfer) {
        add((ToReceiver.SnapshotPart) message.message());
      }
    } catch (MalformedDataException e) {
      getContext().getLog().warn("a snapshot was not taken: {}", e.getMessage());
      snapshot = null;
    }
    return this;
  }

  private void begin(ToReceiver.SnapshotStart start) throws MalformedDataException {
    transfer = start.transfer();
    sender = References.resolve(getContext(), start.sender());
    snapshot = new IncomingSnapshot(start.header(), limitBytes);
    confirm(); // a layout without numbers has no pieces
  }

  private void add(ToReceiver.SnapshotPart part) throws MalformedDataException {
    snapshot.add(part.chunk());
    confirm();
  }

  private void confirm() {
    int received = snapshot.received();
    if (snapshot.complete()) {
      board.tell(new ParameterBoard.Publish(snapshot.finish()));
      snapshot = null;
    }
    sender.tell(new ToSender.SnapshotCredit(transfer, received));
  }
}
