package io.limber.protos.wire;

import io.limber.protos.EncodedTransitions;
import java.nio.ByteBuffer;

/** What is in a {@link OnReplayLink.Frame}. */
public sealed interface ReplayContent {

  /** In place of a step: the table moves to another node. */
  long HANDOVER = -1;

  /** What the table is asked. */
  sealed interface Asked extends ReplayContent {}

  /** What it answers. */
  sealed interface Answered extends ReplayContent {}

  /**
   * Store these transitions; answered by {@link Stored}.
   *
   * @param block what {@link io.limber.protos.TransitionsCodec} encodes
   */
  record Insert(EncodedTransitions block) implements Asked {}

  /** Draw a batch; answered by {@link Drawn}. */
  record Draw() implements Asked {}

  /**
   * Draw for a probe; answered by {@link Drawn}.
   *
   * @param id from 1
   * @param rows transitions wanted
   * @param seed of this draw
   */
  record Peek(long id, int rows, long seed) implements Asked {}

  /**
   * Save the table for a checkpoint; answered by {@link Saved} and {@link RowsWritten}.
   *
   * @param step learner updates done; {@link #HANDOVER} to hand the table over: nothing that comes
   *     after this is taken
   * @param from number of the first row that no segment holds yet
   * @param folder absolute path of the run's checkpoints
   */
  record Save(long step, long from, String folder) implements Asked {}

  /**
   * The oldest {@link Insert} that was not answered is stored, and another one would be let in.
   *
   * @param inserted transitions inserted so far
   * @param sampled transitions drawn so far
   */
  record Stored(long inserted, long sampled) implements Answered {}

  /**
   * A piece of what was drawn; the pieces follow each other.
   *
   * @param peek which; 0 for the oldest {@link Draw} that was not answered
   * @param first place of the first transition of this piece
   * @param total transitions in all pieces together
   * @param block what {@link io.limber.protos.TransitionsCodec} encodes, with its checksum
   */
  record Drawn(long peek, int first, int total, EncodedTransitions block) implements Answered {}

  /**
   * The table as it is now, but for its rows.
   *
   * @param state what {@link io.limber.protos.StateCodec} encodes; read-only
   * @param inserted transitions inserted so far
   */
  record Saved(long step, ByteBuffer state, long inserted) implements Answered {}

  /**
   * The rows that were to be saved are on the disk, or cannot be.
   *
   * @param path of the segment, below the folder of all checkpoints; empty if there is none
   * @param bytes its length
   * @param sha256 64 hexadecimal digits
   * @param first number of its first row
   * @param end number of the row after its last
   * @param failure why the rows could not be written, for people; empty if they could
   */
  record RowsWritten(
      long step, String path, long bytes, String sha256, long first, long end, String failure)
      implements Answered {}
}
