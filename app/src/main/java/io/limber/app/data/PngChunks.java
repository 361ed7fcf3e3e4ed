package io.limber.app.data;

import io.limber.core.data.DataFileException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** The chunks of a PNG file, each checked against its checksum. */
final class PngChunks implements Closeable {

  private static final int BUFFER = 1 << 16;
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int HEADER = chunkType("IHDR");
  private static final int DATA = chunkType("IDAT");
  private static final int END = chunkType("IEND");

  private final String name;
  private final CRC32 checksum = new CRC32();
  private final DataInputStream in;
  private int type; // of the chunk that is being read
  private long left; // bytes of it that were not read yet

  /** Takes over the stream. */
  PngChunks(String name, InputStream in) {
    this.name = name;
    this.in =
        new DataInputStream(new CheckedInputStream(new BufferedInputStream(in, BUFFER), checksum));
  }

  private static int chunkType(String letters) {
    int type = 0;
    for (char letter : letters.toCharArray()) {
      type = type << Byte.SIZE | letter;
    }
    return type;
  }

  /**
   * Reads the signature and the first chunk, which must have this length.
   *
   * @throws DataFileException if it is no PNG file or is damaged
   */
  byte[] header(int length) throws IOException {
    byte[] signature = in.readNBytes(SIGNATURE.length);
    if (!Arrays.equals(signature, SIGNATURE)) {
      throw DataFileException.corrupt(name, "is no PNG file");
    }
    startChunk();
    if (type != HEADER || left != length) {
      throw DataFileException.corrupt(name, "is no PNG file: its first chunk is no header");
    }
    byte[] header = in.readNBytes(length);
    left -= header.length;
    endChunk();
    return header;
  }

  /** The content of all data chunks as one stream, to be read after the header. */
  InputStream imageData() {
    return new ImageData();
  }

  /**
   * Reads on to the last chunk, after the image data.
   *
   * @throws DataFileException if the file is damaged
   */
  void finish() throws IOException {
    while (type != END) {
      nextChunk();
    }
    endChunk();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void nextChunk() throws IOException {
    endChunk();
    startChunk();
  }

  private void startChunk() throws IOException {
    try {
      left = Integer.toUnsignedLong(in.readInt());
      checksum.reset(); // the length is not part of it
      type = in.readInt();
    } catch (EOFException e) {
      throw truncated();
    }
  }

  /** Reads the rest of the chunk, and its checksum. */
  private void endChunk() throws IOException {
    try {
      in.skipNBytes(left);
      left = 0;
      int actual = (int) checksum.getValue();
      if (in.readInt() != actual) {
        throw DataFileException.corrupt(name, "is damaged: a chunk's checksum is wrong");
      }
    } catch (EOFException e) {
      throw truncated();
    }
  }

  private DataFileException truncated() {
    return DataFileException.corrupt(name, "is truncated: its chunks end too early");
  }

  private final class ImageData extends InputStream {

    private boolean begun;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (!begun) {
        begin();
      }
      while (left == 0 && type == DATA) {
        nextChunk();
      }
      if (type != DATA) {
        return -1;
      }
      int read = in.read(into, offset, (int) Math.min(length, left));
      if (read < 0) {
        throw truncated();
      }
      left -= read;
      return read;
    }

    /** Passes over whatever comes between the header and the first data. */
    private void begin() throws IOException {
      begun = true;
      startChunk();
      while (type != DATA && type != END) {
        nextChunk();
      }
    }

    @Override
    public void close() throws IOException {
      PngChunks.this.close();
    }
  }
}
