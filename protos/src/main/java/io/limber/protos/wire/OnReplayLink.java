package io.limber.protos.wire;

/** What a run and the node with its replay table tell each other, both ways alike. */
public sealed interface OnReplayLink extends WireMessage {

  /** As in {@link ToReplayNode.Open}. */
  long incarnation();

  /** All frames of the other side below this have come. */
  long received();

  /**
   * Something that comes once and in order.
   *
   * @param sequence counts this side's frames of the incarnation from 0
   */
  record Frame(long incarnation, long sequence, long received, ReplayContent content)
      implements OnReplayLink {}

  /**
   * Tells how far the other side's frames have come, where no frame of one's own does.
   *
   * @param resend all frames from {@code received} on shall be sent again
   */
  record Received(long incarnation, long received, boolean resend) implements OnReplayLink {}
}
