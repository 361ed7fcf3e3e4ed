package io.limber.app.data;

import io.limber.core.data.DataFileException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Rows of a PNG file, from the top, one at a time: 8 bits each of red, green and blue, not
 * interlaced. Needs memory for two rows, where javax.imageio decodes the whole image; see
 * docs/adr/014. Checks the checksums of all chunks and of the pixels.
 *
 * @see "ISO/IEC 15948:2004, PNG (Second Edition), sections 5 (chunks), 9 (filters), 10 and 11"
 */
final class PngRows implements Closeable {

  private static final int PIXEL = 3; // bytes
  private static final int HEADER = 13;
  private static final byte[] RGB_8_BIT = {8, 2, 0, 0, 0}; // depth, colour, and three methods

  private final String name;
  private final PngChunks chunks;
  private final InputStream data;
  private final int width;
  private final int height;
  private final byte[] filtered; // one byte that names the filter, then the row
  private byte[] current;
  private byte[] previous; // the row above; zeros above the first one

  private PngRows(String name, PngChunks chunks, int width, int height) {
    this.name = name;
    this.chunks = chunks;
    this.width = width;
    this.height = height;
    data = new InflaterInputStream(chunks.imageData());
    filtered = new byte[1 + PIXEL * width];
    current = new byte[PIXEL * width];
    previous = new byte[PIXEL * width];
  }

  /**
   * Reads the header; takes over the stream.
   *
   * @param name of the file, for messages
   * @throws DataFileException if it is no PNG file or one of another kind
   */
  static PngRows open(String name, InputStream in) throws IOException {
    PngChunks chunks = new PngChunks(name, in);
    try {
      ByteBuffer header = ByteBuffer.wrap(chunks.header(HEADER));
      int width = header.getInt();
      int height = header.getInt();
      byte[] kind = new byte[RGB_8_BIT.length];
      header.get(kind);
      if (width < 1 || height < 1 || width > Short.MAX_VALUE || !Arrays.equals(kind, RGB_8_BIT)) {
        throw DataFileException.corrupt(
            name, "is no PNG of 8-bit red, green and blue without interlacing");
      }
      return new PngRows(name, chunks, width, height);
    } catch (IOException | RuntimeException e) {
      chunks.close();
      throw e;
    }
  }

  /** Pixels of a row. */
  int width() {
    return width;
  }

  /** Number of rows. */
  int height() {
    return height;
  }

  /**
   * Reads the next row.
   *
   * @param pixels filled with red, green, blue, red, …
   * @throws DataFileException if the file is damaged
   */
  void next(byte[] pixels) throws IOException {
    byte[] above = current; // the row before, zeros for the first one
    current = previous;
    previous = above;
    if (readData(filtered) < filtered.length) {
      throw DataFileException.corrupt(name, "is truncated: it has fewer rows than it announces");
    }
    unfilter();
    System.arraycopy(current, 0, pixels, 0, current.length);
  }

  private void unfilter() {
    int filter = filtered[0];
    for (int i = 0; i < current.length; i++) {
      int left = i < PIXEL ? 0 : Byte.toUnsignedInt(current[i - PIXEL]);
      int above = Byte.toUnsignedInt(previous[i]);
      int aboveLeft = i < PIXEL ? 0 : Byte.toUnsignedInt(previous[i - PIXEL]);
      int predicted =
          switch (filter) {
            case 0 -> 0;
            case 1 -> left;
            case 2 -> above;
            case 3 -> (left + above) / 2;
            case 4 -> paeth(left, above, aboveLeft);
            default -> throw DataFileException.corrupt(name, "has unknown filter " + filter);
          };
      current[i] = (byte) (filtered[1 + i] + predicted);
    }
  }

  /** Whichever of the three is nearest to left + above − aboveLeft; section 9.4. */
  private static int paeth(int left, int above, int aboveLeft) {
    int byLeft = Math.abs(above - aboveLeft);
    int byAbove = Math.abs(left - aboveLeft);
    int byAboveLeft = Math.abs(left + above - 2 * aboveLeft);
    if (byLeft <= byAbove && byLeft <= byAboveLeft) {
      return left;
    }
    return byAbove <= byAboveLeft ? above : aboveLeft;
  }

  /**
   * Reads what comes after the last row, checksums above all.
   *
   * @throws DataFileException if the file is damaged
   */
  void finish() throws IOException {
    if (readData(new byte[1]) > 0) {
      throw DataFileException.corrupt(name, "has more rows than it announces");
    }
    chunks.finish();
  }

  private int readData(byte[] into) throws IOException {
    try {
      return data.readNBytes(into, 0, into.length);
    } catch (ZipException e) {
      throw DataFileException.corrupt(name, "has a broken zlib stream: " + e.getMessage());
    } catch (EOFException e) {
      throw DataFileException.corrupt(name, "is truncated: its zlib stream ends too early");
    }
  }

  @Override
  public void close() throws IOException {
    data.close(); // and with it the chunks
  }
}
