package io.limber.core.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/**
 * Rows of a table as they were at one moment, on their way to a file while the table goes on: the
 * table refuses to overwrite those that are not copied yet. Made and closed by the table's owner;
 * {@link #writeTo} runs once, on any thread.
 */
public final class RowCopy implements AutoCloseable {

  /** Bounds what is copied between two looks of the table at {@link #copiedTo}. */
  private static final int PIECE_BYTES = 1 << 20;

  private final TransitionStore store;
  private final TransitionSpec spec;
  private final long first;
  private final long end;
  private volatile long copiedTo;

  RowCopy(TransitionStore store, TransitionSpec spec, long first, long end) {
    this.store = store;
    this.spec = spec;
    this.first = first;
    this.end = end;
    copiedTo = first;
  }

  /** Number of the first row, counted from the table's first insert. */
  public long first() {
    return first;
  }

  /** Number of the row after the last. */
  public long end() {
    return end;
  }

  /** Bytes that {@link #writeTo} writes. */
  public long bytes() {
    return RowFile.HEADER_BYTES + (end - first) * TransitionStore.rowBytes(spec);
  }

  /** Rows before this one may be overwritten. */
  long copiedTo() {
    return copiedTo;
  }

  /**
   * Writes all rows, oldest first.
   *
   * @throws IOException if the channel cannot take them
   */
  public void writeTo(WritableByteChannel out) throws IOException {
    int rowBytes = TransitionStore.rowBytes(spec);
    write(out, new RowFile(spec.observationBytes(), rowBytes, first, end).header());
    int rowsPerPiece = Math.max(1, PIECE_BYTES / rowBytes);
    ByteBuffer piece =
        ByteBuffer.allocateDirect(rowsPerPiece * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    for (long row = first; row < end; row += rowsPerPiece) {
      int rows = (int) Math.min(rowsPerPiece, end - row);
      piece.clear().limit(rows * rowBytes);
      store.copyOut(row, rows, piece);
      copiedTo = row + rows;
      write(out, piece.flip());
    }
  }

  /** Lets the table overwrite all of its rows. */
  @Override
  public void close() {
    copiedTo = end;
  }

  private static void write(WritableByteChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
