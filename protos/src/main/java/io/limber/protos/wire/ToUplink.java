package io.limber.protos.wire;

/** What the run tells an environment on another node. */
public sealed interface ToUplink extends WireMessage {

  /**
   * How far the run has got. Cumulative, so that one makes up for those lost before it.
   *
   * @param epoch as in {@link ToInlet}
   * @param expected sequence of the chunk that is expected next; all below it have come
   * @param confirmed all chunks below this are stored, and their place in the window is free
   * @param inserted transitions inserted into the replay table so far, by all writers
   * @param sampled transitions drawn from it so far
   * @param resend all chunks from {@code expected} on shall be sent again
   */
  record Progress(
      long epoch, long expected, long confirmed, long inserted, long sampled, boolean resend)
      implements ToUplink {}
}
