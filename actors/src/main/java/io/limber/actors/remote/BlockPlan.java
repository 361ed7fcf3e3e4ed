package io.limber.actors.remote;

import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.protos.EncodedTransitions;
import io.limber.protos.LatestObservations;
import io.limber.protos.TransitionsCodec;
import java.util.ArrayList;
import java.util.List;

/**
 * How a chunk is cut so that each piece stays below the transport's frame. Both sides compute the
 * same one. Immutable.
 *
 * @param rows transitions in a piece but the last of a chunk, which has what remains
 * @param perChunk pieces of a full chunk
 */
record BlockPlan(int rows, int perChunk) {

  /** Room for what is around the observations of a block: lengths, tags, checksum. */
  private static final int OVERHEAD_BYTES = 256;

  /**
   * @param chunkRows transitions in a full chunk
   * @throws IllegalArgumentException if a single transition is too large
   */
  static BlockPlan of(TransitionSpec spec, int chunkRows, int maxBlockBytes) {
    long rowBytes = 2L * spec.observationBytes() + Integer.BYTES + 2L * Float.BYTES;
    long fit = (maxBlockBytes - OVERHEAD_BYTES) / rowBytes;
    if (fit < 1) {
      throw new IllegalArgumentException(
          "limber.cluster.max-block-bytes = "
              + maxBlockBytes
              + " must be at least "
              + (rowBytes + OVERHEAD_BYTES)
              + ", or no transition of this task would fit");
    }
    int rows = (int) Math.min(fit, chunkRows);
    return new BlockPlan(rows, (chunkRows + rows - 1) / rows);
  }

  /** The pieces of a chunk, encoded; the chunk stays the caller's. */
  List<EncodedTransitions> cut(Transitions chunk) {
    return cut(chunk, (from, to) -> TransitionsCodec.encode(chunk, from, to));
  }

  /**
   * The same, without the observations that the receiver knows already.
   *
   * @param latest of all chunks before this one
   */
  List<EncodedTransitions> cut(Transitions chunk, LatestObservations latest) {
    return cut(chunk, (from, to) -> TransitionsCodec.encode(chunk, from, to, latest));
  }

  private List<EncodedTransitions> cut(Transitions chunk, Encoder encoder) {
    List<EncodedTransitions> pieces = new ArrayList<>();
    for (int from = 0; from < chunk.size(); from += rows) {
      int to = Math.min(from + rows, chunk.size());
      pieces.add(encoder.encode(from, to));
    }
    return pieces;
  }

  private interface Encoder {
    EncodedTransitions encode(int from, int to);
  }
}
