package io.limber.protos;

import io.limber.core.state.SavedState;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** A saved state on its way to another node. Immutable. */
public final class OutgoingState {

  private final ByteBuffer bytes;
  private final int count;

  /**
   * @throws IllegalArgumentException if the state is larger than {@link StateCodec} allows
   */
  public OutgoingState(SavedState state) {
    bytes = ByteBuffer.wrap(StateCodec.encode(state)).asReadOnlyBuffer();
    count = Math.max(1, (bytes.limit() + StatePiece.BYTES - 1) / StatePiece.BYTES);
  }

  /** The pieces in [{@code from}, {@code to}), as far as they exist. */
  public List<StatePiece> pieces(int from, int to) {
    return IntStream.range(Math.max(0, from), Math.min(to, count)).mapToObj(this::piece).toList();
  }

  private StatePiece piece(int index) {
    int start = index * StatePiece.BYTES;
    ByteBuffer data = bytes.slice(start, Math.min(StatePiece.BYTES, bytes.limit() - start));
    return new StatePiece(index, count, Checksum.of(data), data);
  }
}
