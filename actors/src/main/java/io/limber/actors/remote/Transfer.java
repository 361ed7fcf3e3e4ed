package io.limber.actors.remote;

import akka.actor.typed.ActorRef;
import io.limber.protos.Outgoing;
import io.limber.protos.wire.ToReceiver;
import io.limber.protos.wire.ToSender;

/**
 * Brings one large thing at a time to another node: a header, then pieces, no more than a window of
 * them ahead of what has been confirmed. A transfer of which nothing is heard begins again. Used by
 * the actor alone that owns it; that actor takes the confirmations, and looks for silence now and
 * then.
 */
public final class Transfer {

  private final ActorRef<ToReceiver> receiver;
  private final String self;
  private final int window;
  private Outgoing what;
  // Numbers of an earlier sender to this receiver, of which pieces may still come, are not met
  private long number = System.nanoTime();
  private int sent;
  private int received;
  private boolean heard;

  /**
   * @param self reference that takes {@link ToSender}
   * @param window pieces that may be on their way
   */
  public Transfer(ActorRef<ToReceiver> receiver, String self, int window) {
    this.receiver = receiver;
    this.self = self;
    this.window = window;
  }

  /** Sends this from now on; what was under way is given up. */
  public void begin(Outgoing outgoing) {
    what = outgoing;
    restart();
  }

  /** Gives up what is under way. */
  public void cancel() {
    what = null;
  }

  /** Takes a confirmation; returns whether it is the last one, and all has arrived. */
  public boolean arrived(ToSender message) {
    ToSender.SnapshotCredit credit = (ToSender.SnapshotCredit) message;
    if (what == null || credit.transfer() != number) {
      return false; // of a transfer that was begun again or is over
    }
    heard = true;
    received = Math.max(received, Math.min(credit.received(), sent));
    if (received == what.count()) {
      what = null;
      return true;
    }
    send();
    return false;
  }

  /** Begins again if nothing was heard since the last look; returns whether it did. */
  public boolean restartIfSilent() {
    boolean silent = what != null && !heard;
    if (silent) {
      restart();
    }
    heard = false;
    return silent;
  }

  private void restart() {
    number++;
    sent = 0;
    received = 0;
    heard = true;
    receiver.tell(new ToReceiver.SnapshotStart(number, self, what.header()));
    send();
  }

  private void send() {
    while (sent < Math.min(what.count(), received + window)) {
      receiver.tell(new ToReceiver.SnapshotPart(number, sent, what.chunk(sent)));
      sent++;
    }
  }
}
