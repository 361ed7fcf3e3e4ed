package io.limber.core.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Walks once through the regular files of a gzipped tar archive, without unpacking it. Knows the
 * ustar format and its forerunner; entries of other kinds are passed over, those that carry longer
 * names among them, so a name of more than 100 characters shows its beginning only.
 *
 * @see "IEEE Std 1003.1-2017 (POSIX), utility pax, ustar Interchange Format"
 */
public final class TarReader implements Closeable {

  private static final int BLOCK = 512;
  private static final int BUFFER = 1 << 16;

  private final String archive;
  private final InputStream in;
  private TarHeader entry;
  private long left; // bytes of the entry that nobody has read yet

  private TarReader(String archive, InputStream in) {
    this.archive = archive;
    this.in = in;
  }

  /**
   * Opens an archive.
   *
   * @throws IOException if it cannot be read or is not gzipped
   */
  public static TarReader open(Path archive) throws IOException {
    InputStream raw = Files.newInputStream(archive);
    try {
      InputStream plain = new GZIPInputStream(raw, BUFFER);
      return new TarReader(archive.toString(), new BufferedInputStream(plain, BUFFER));
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /**
   * Goes to the next regular file.
   *
   * @return false at the end: then everything has been read and gzip's checksum is right
   * @throws IOException if the archive ends too early or its gzip stream is broken
   * @throws DataFileException if it is no tar archive
   */
  public boolean next() throws IOException {
    do {
      skipEntry();
      byte[] block = in.readNBytes(BLOCK);
      if (block.length == 0 || TarHeader.isEnd(block)) {
        in.transferTo(OutputStream.nullOutputStream());
        return false;
      }
      entry = TarHeader.parse(archive, block);
      left = entry.size();
    } while (!entry.regular());
    return true;
  }

  /** Path of the current file in the archive. */
  public String name() {
    return entry.name();
  }

  /** Bytes of the current file. */
  public long size() {
    return entry.size();
  }

  /** What the current file holds; ends with it and need not be closed or read to its end. */
  public InputStream content() {
    return new Content();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void skipEntry() throws IOException {
    if (entry != null) {
      in.skipNBytes(left + Math.floorMod(-entry.size(), (long) BLOCK));
    }
  }

  private final class Content extends InputStream {

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        return length == 0 ? 0 : -1;
      }
      int read = in.read(into, offset, (int) Math.min(length, left));
      if (read < 0) {
        throw new EOFException(entry.name() + " ends too early");
      }
      left -= read;
      return read;
    }
  }
}
