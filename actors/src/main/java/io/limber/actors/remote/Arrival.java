package io.limber.actors.remote;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.limber.protos.Incoming;
import io.limber.protos.MalformedDataException;
import io.limber.protos.wire.ToReceiver;
import io.limber.protos.wire.ToSender;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The receiving end of a {@link Transfer}. What is malformed or out of order ends the transfer; the
 * sender begins it again when it hears nothing more, so the same may arrive twice. Used by the
 * actor alone that owns it.
 *
 * @param <I> what arrives
 */
public final class Arrival<I extends Incoming> {

  /** Makes what takes the pieces. */
  @FunctionalInterface
  public interface Opener<I> {

    /**
     * @throws MalformedDataException if that is no header, or of more than can be taken
     */
    I open(ByteBuffer header) throws MalformedDataException;
  }

  private final ActorContext<?> context;
  private final Opener<I> opener;
  private ActorRef<ToSender> sender;
  private long transfer;
  private I incoming;

  public Arrival(ActorContext<?> context, Opener<I> opener) {
    this.context = context;
    this.opener = opener;
  }

  /** Takes a message of the sender and confirms it; returns what is whole with it. */
  public Optional<I> take(ToReceiver message) {
    try {
      if (message instanceof ToReceiver.SnapshotStart start) {
        transfer = start.transfer();
        sender = References.resolve(context, start.sender());
        incoming = null;
        incoming = opener.open(start.header());
        return confirm(); // what is of no size has no pieces
      }
      if (incoming != null && message.transfer() == transfer) {
        add((ToReceiver.SnapshotPart) message);
        return confirm();
      }
    } catch (MalformedDataException e) {
      context.getLog().warn("what a node sent was not taken: {}", e.getMessage());
      incoming = null;
    }
    return Optional.empty();
  }

  private void add(ToReceiver.SnapshotPart part) throws MalformedDataException {
    if (part.index() != incoming.received()) {
      throw new MalformedDataException(
          "piece %d came where %d was expected".formatted(part.index(), incoming.received()));
    }
    incoming.add(part.chunk());
  }

  private Optional<I> confirm() {
    sender.tell(new ToSender.SnapshotCredit(transfer, incoming.received()));
    if (!incoming.complete()) {
      return Optional.empty();
    }
    I whole = incoming;
    incoming = null;
    return Optional.of(whole);
  }
}
