package io.limber.protos.wire;

import io.limber.protos.EncodedTransitions;
import io.limber.protos.StatePiece;
import java.util.List;

/** What an environment on another node tells the run. */
public sealed interface ToInlet extends WireMessage {

  /** Placement times 2^32 plus the environment actor's starts in it. */
  long epoch();

  /**
   * Transitions of a new epoch will come, those of earlier ones are void.
   *
   * @param uplink reference that takes {@link ToUplink}
   */
  record Announce(long epoch, String uplink) implements ToInlet {}

  /**
   * Transitions, in blocks that follow each other.
   *
   * @param sequence of the first block; counts the epoch's blocks from 0
   * @param blocks {@link #MOST} at most
   */
  record Blocks(long epoch, long sequence, List<EncodedTransitions> blocks) implements ToInlet {

    /** Bounds what a message of empty blocks makes its reader allocate. */
    public static final int MOST = 256;

    public Blocks {
      blocks = List.copyOf(blocks);
    }
  }

  /** Asks for {@link ToUplink.Progress} because nothing was heard for a while. */
  record Ask(long epoch) implements ToInlet {}

  /**
   * Asks for pieces of the state that the environment goes on from; answered by {@link
   * ToUplink.StatePart}.
   *
   * @param epoch of no start: placement times 2^32
   * @param uplink as in {@link Announce}
   * @param from pieces from this one on, counted from 0
   * @param to and before this one; those that do not exist are left out
   */
  record FetchState(long epoch, String uplink, int from, int to) implements ToInlet {}

  /**
   * A piece of the environment's state.
   *
   * @param question as in {@link ToUplink.SaveState}
   */
  record StatePart(long epoch, long question, StatePiece piece) implements ToInlet {}
}
