package io.limber.protos;

import io.limber.core.state.SavedState;
import java.io.ByteArrayOutputStream;

/**
 * A saved state on its way from another node, as {@link OutgoingState} cut it. What it allocates
 * grows with what has come, up to what {@link StateCodec} allows. One owner.
 */
public final class IncomingState {

  private static final int MAX_PIECES = StateCodec.MAX_BYTES / StatePiece.BYTES;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int received;
  private int count = -1; // known with the first piece

  /** Pieces taken so far. */
  public int received() {
    return received;
  }

  public boolean complete() {
    return received == count;
  }

  /**
   * Takes a piece if it is the next one; one that came before is passed over.
   *
   * @return whether it was the next one
   * @throws MalformedDataException if it is altered, or not of the state of those before it
   */
  public boolean add(StatePiece piece) throws MalformedDataException {
    boolean fits = piece.count() >= 1 && piece.count() <= MAX_PIECES;
    if (!fits || (count >= 0 && piece.count() != count)) {
      throw new MalformedDataException(
          "a piece of a state of " + piece.count() + " pieces where " + count + " are expected");
    }
    if (piece.index() != received || complete()) {
      return false;
    }
    String name = "piece " + piece.index() + " of a state";
    boolean last = piece.index() == piece.count() - 1;
    int size = piece.data().remaining();
    if (size > StatePiece.BYTES || (!last && size < StatePiece.BYTES)) {
      throw new MalformedDataException(name + " has " + size + " bytes");
    }
    Checksum.require(piece.crc(), Checksum.of(piece.data()), name);
    byte[] copy = new byte[size];
    piece.data().duplicate().get(copy);
    bytes.writeBytes(copy);
    count = piece.count();
    received++;
    return true;
  }

  /**
   * The state.
   *
   * @throws MalformedDataException if the bytes are none
   * @throws IllegalStateException if it is not {@link #complete}
   */
  public SavedState finish() throws MalformedDataException {
    if (!complete()) {
      throw new IllegalStateException("has " + received + " of " + count + " pieces");
    }
    return StateCodec.decode(bytes.toByteArray());
  }
}
