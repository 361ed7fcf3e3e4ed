package io.limber.core.replay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.limber.core.state.UnusableStateException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The head of a file of replay rows, little-endian: the mark {@code LIMBROWS}, format version,
 * observation bytes, row bytes and a reserved zero (int32 each), number of the first row and of the
 * one after the last (int64 each), zeros up to 64 bytes. The rows follow as the store holds them.
 *
 * @param observationBytes bytes of one observation
 * @param rowBytes bytes of one row, padding included
 * @param first number of the first row, counted from the table's first insert
 * @param end number of the row after the last
 */
record RowFile(int observationBytes, int rowBytes, long first, long end) {

  static final int HEADER_BYTES = 64;
  static final int FORMAT_VERSION = 1;

  private static final byte[] MARK = "LIMBROWS".getBytes(US_ASCII);

  ByteBuffer header() {
    return ByteBuffer.allocate(HEADER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MARK)
        .putInt(FORMAT_VERSION)
        .putInt(observationBytes)
        .putInt(rowBytes)
        .putInt(0)
        .putLong(first)
        .putLong(end)
        .rewind();
  }

  /**
   * Reads a head.
   *
   * @throws UnusableStateException if it is not the head of such a file, or of another version
   */
  static RowFile read(ReadableByteChannel in) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    fill(in, head);
    byte[] mark = new byte[MARK.length];
    head.get(mark);
    if (!Arrays.equals(mark, MARK)) {
      throw new UnusableStateException(
          "a file of replay rows must begin with LIMBROWS, not "
              + new String(mark, StandardCharsets.ISO_8859_1));
    }
    int version = head.getInt();
    if (Integer.reverseBytes(version) == FORMAT_VERSION) {
      throw new UnusableStateException(
          "replay rows in the other byte order (big-endian) must be little-endian");
    }
    if (version != FORMAT_VERSION) {
      throw new UnusableStateException(
          "replay rows of format version " + version + " must be of version " + FORMAT_VERSION);
    }
    int observations = head.getInt();
    int rows = head.getInt();
    head.getInt();
    return new RowFile(observations, rows, head.getLong(), head.getLong());
  }

  /** Fills the buffer and makes it ready to be read. */
  static void fill(ReadableByteChannel in, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (in.read(buffer) < 0) {
        throw new EOFException("it ends " + buffer.remaining() + " bytes too early");
      }
    }
    buffer.flip();
  }
}
