package io.limber.core.replay;

import io.limber.core.state.UnusableStateException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;

/** Brings rows from files back into a store. One table's, for one restore. */
final class RowReader {

  private static final int PIECE_BYTES = 1 << 20;

  private final TransitionStore store;
  private final TransitionSpec spec;
  private final int rowBytes;
  private final long first;
  private final long end;
  private final BitSet there = new BitSet();

  /**
   * @param first number of the first row that is wanted
   * @param end number of the row after the last
   */
  RowReader(TransitionStore store, TransitionSpec spec, long first, long end) {
    this.store = store;
    this.spec = spec;
    rowBytes = TransitionStore.rowBytes(spec);
    this.first = first;
    this.end = end;
  }

  /** Takes from a file the rows that are wanted. */
  void read(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      RowFile head = RowFile.read(in);
      requireFits(head);
      long from = Math.max(first, head.first());
      long to = Math.min(end, head.end());
      if (from < to) {
        in.position(RowFile.HEADER_BYTES + (from - head.first()) * rowBytes);
        copy(in, from, to);
        there.set((int) (from - first), (int) (to - first));
      }
    } catch (UnusableStateException e) {
      throw new UnusableStateException(file + ": " + e.getMessage());
    } catch (EOFException e) {
      throw new UnusableStateException(file + " is truncated: " + e.getMessage());
    }
  }

  /**
   * @throws UnusableStateException if no file had one of the rows
   */
  void requireAll() {
    int missing = there.nextClearBit(0);
    if (missing < end - first) {
      throw new UnusableStateException(
          "replay rows from " + (first + missing) + " on must be in one of the files");
    }
  }

  private void requireFits(RowFile head) {
    if (head.observationBytes() != spec.observationBytes() || head.rowBytes() != rowBytes) {
      throw new UnusableStateException(
          "rows with observations of "
              + head.observationBytes()
              + " bytes must have "
              + spec.observationBytes());
    }
  }

  private void copy(FileChannel in, long from, long to) throws IOException {
    int rowsPerPiece = Math.max(1, PIECE_BYTES / rowBytes);
    ByteBuffer piece =
        ByteBuffer.allocateDirect(rowsPerPiece * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    for (long row = from; row < to; row += rowsPerPiece) {
      int rows = (int) Math.min(rowsPerPiece, to - row);
      piece.clear().limit(rows * rowBytes);
      RowFile.fill(in, piece);
      store.copyIn(row, rows, piece);
    }
  }
}
