package io.limber.protos.wire;

import io.limber.protos.StatePiece;

/** What the run tells an environment on another node. */
public sealed interface ToUplink extends WireMessage {

  /** As in {@link ToInlet}. */
  long epoch();

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

  /**
   * Asks for pieces of the environment's state, for a checkpoint; answered by {@link
   * ToInlet.StatePart}.
   *
   * @param epoch as in {@link ToInlet}
   * @param question counts the run's questions: pieces of different ones are of different states
   * @param from pieces from this one on, counted from 0
   * @param to and before this one; those that do not exist are left out
   */
  record SaveState(long epoch, long question, int from, int to) implements ToUplink {}

  /** A piece of the state that the environment goes on from. */
  record StatePart(long epoch, StatePiece piece) implements ToUplink {}
}
