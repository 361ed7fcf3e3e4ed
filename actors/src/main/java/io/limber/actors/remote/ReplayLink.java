package io.limber.actors.remote;

import akka.actor.typed.ActorRef;
import io.limber.protos.MalformedDataException;
import io.limber.protos.wire.OnReplayLink;
import io.limber.protos.wire.ReplayContent;

/**
 * One end of the link between a run and its replay table: what is sent comes once and in order,
 * whatever the network loses, repeats or alters. Not thread-safe: one owner.
 *
 * <p>Bounds: what is not confirmed is kept. Both ends answer what they get, and confirm with every
 * answer, so it is no more than what is asked and not answered.
 */
final class ReplayLink {

  /** Takes what comes. */
  @FunctionalInterface
  interface Taker {

    /**
     * @throws MalformedDataException if it is not what it should be: it is asked for again
     */
    void take(ReplayContent content) throws MalformedDataException;
  }

  /** Ticks without a confirmation after which all is sent again. */
  static final int PATIENCE_TICKS = 4;

  private final long incarnation;
  private final ActorRef<OnReplayLink> peer;
  private final Unconfirmed<ReplayContent> sent = new Unconfirmed<>();
  private long expected;
  private long told;
  private boolean asked;
  private long oldest;
  private int quietTicks;
  private long resent;

  ReplayLink(long incarnation, ActorRef<OnReplayLink> peer) {
    this.incarnation = incarnation;
    this.peer = peer;
  }

  void send(ReplayContent content) {
    tell(sent.next(), content);
    sent.add(content);
  }

  /**
   * Takes a message of the other end.
   *
   * @param taker gets its content, if that is the next
   * @return why it could not be taken; null if there is no reason to complain
   */
  String receive(OnReplayLink message, Taker taker) {
    if (message.incarnation() != incarnation) {
      return null; // of a table that is gone
    }
    sent.confirm(message.received());
    if (message instanceof OnReplayLink.Frame frame) {
      return receive(frame, taker);
    }
    if (((OnReplayLink.Received) message).resend()) {
      resend();
    }
    return null;
  }

  private String receive(OnReplayLink.Frame frame, Taker taker) {
    if (frame.sequence() > expected) {
      askAgain();
    } else if (frame.sequence() == expected) {
      try {
        expected++;
        taker.take(frame.content());
        asked = false;
      } catch (MalformedDataException e) {
        expected--;
        askAgain();
        return e.getMessage();
      }
    }
    return null;
  }

  /** Due a few times within the silence after which something counts as lost. */
  void tick() {
    boolean quiet = !sent.isEmpty() && sent.first() == oldest;
    quietTicks = quiet ? quietTicks + 1 : 0;
    oldest = sent.first();
    asked = false;
    if (quietTicks >= PATIENCE_TICKS) {
      quietTicks = 0;
      resend();
    } else if (expected > told) {
      told = expected;
      peer.tell(new OnReplayLink.Received(incarnation, expected, false));
    }
  }

  /** Frames sent again so far. */
  long resent() {
    return resent;
  }

  /** Once until there is progress, or the next tick: a gap shows at every frame behind it. */
  private void askAgain() {
    if (!asked) {
      asked = true;
      told = expected;
      peer.tell(new OnReplayLink.Received(incarnation, expected, true));
    }
  }

  private void resend() {
    long sequence = sent.first();
    for (ReplayContent content : sent.from(sequence)) {
      tell(sequence++, content);
      resent++;
    }
  }

  private void tell(long sequence, ReplayContent content) {
    told = expected;
    peer.tell(new OnReplayLink.Frame(incarnation, sequence, expected, content));
  }
}
