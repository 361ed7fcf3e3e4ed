package io.limber.protos;

import io.limber.core.replay.TransitionSpec;
import java.nio.ByteBuffer;

/**
 * The newest observation after the action in each row of an environment's chunks, kept by sender
 * and receiver alike. Within an episode the next chunk begins with it, so that it need not travel
 * twice: nearly half of all bytes. Not thread-safe: one owner.
 */
public final class LatestObservations {

  private final int observationBytes;
  private final int capacity;
  private final ByteBuffer rows;
  private int known;

  /**
   * @param chunkRows transitions in a full chunk
   */
  public LatestObservations(TransitionSpec spec, int chunkRows) {
    observationBytes = spec.observationBytes();
    capacity = chunkRows;
    rows = ByteBuffer.allocateDirect(Math.multiplyExact(chunkRows, observationBytes));
  }

  /** As before the first chunk. */
  public void forget() {
    known = 0;
  }

  /** Rows from 0 on of which an observation is known. */
  int known() {
    return known;
  }

  /** Whether rows {@code first} to {@code first + size} may come next. */
  boolean accepts(int first, int size) {
    return first >= 0 && first <= known && size <= capacity - first;
  }

  /** Of a row that is known; a view. */
  ByteBuffer row(int row) {
    return rows(row, 1);
  }

  /** Of rows {@code first} to {@code first + size}, which are known; a view. */
  ByteBuffer rows(int first, int size) {
    return rows.slice(first * observationBytes, size * observationBytes);
  }

  /**
   * Takes the observations of rows {@code first} to {@code first + size}, which it {@link
   * #accepts}.
   *
   * @param sT those rows' observations, one after another
   */
  void remember(int first, int size, ByteBuffer sT) {
    int bytes = size * observationBytes;
    rows.put(first * observationBytes, sT, sT.position(), bytes);
    known = Math.max(known, first + size);
  }
}
