package io.limber.core.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * One file of unsigned bytes in the IDX format of the MNIST database, gzipped or not (told by its
 * content, not by its name). {@link #open} checks the header, so that nothing is allocated on the
 * word of a damaged file; {@link #readBody} checks the rest.
 *
 * @see "LeCun, Cortes and Burges, The MNIST database of handwritten digits, file formats"
 */
final class IdxFile implements Closeable {

  private static final int UNSIGNED_BYTE = 0x08; // type code, third byte of the magic number
  private static final int BUFFER = 1 << 16;

  /**
   * Deflate cannot shrink by more; see the technical notes of zlib, "Maximum Compression Factor".
   */
  private static final long MAX_GZIP_RATIO = 1032;

  private final String name;
  private final InputStream in;
  private final List<Integer> sizes;

  private IdxFile(String name, InputStream in, List<Integer> sizes) {
    this.name = name;
    this.in = in;
    this.sizes = sizes;
  }

  /**
   * Opens a file and checks its header against its length.
   *
   * @param axes 1 for labels, 3 for images
   * @throws DataFileException if it cannot be read or is no such file
   */
  static IdxFile open(Path file, int axes) {
    String name = file.toString();
    try {
      return open(name, Files.size(file), Files.newInputStream(file), axes);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /** As {@link #open(Path, int)}, for a resource beside this class. */
  static IdxFile openResource(String resource, int axes) {
    String name = "embedded " + resource;
    try (InputStream in = IdxFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new DataFileException(name + ": is not on the class path; build limber-core again");
      }
      byte[] bytes = in.readAllBytes();
      return open(name, bytes.length, new ByteArrayInputStream(bytes), axes);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static IdxFile open(String name, long length, InputStream raw, int axes)
      throws IOException {
    InputStream in = new BufferedInputStream(raw, BUFFER);
    try {
      boolean gzipped = isGzip(in);
      InputStream content = gzipped ? new GZIPInputStream(in, BUFFER) : in;
      IdxFile file = new IdxFile(name, content, readHeader(name, content, axes));
      file.checkLength(length, gzipped, Integer.BYTES * (1L + axes));
      return file;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** What is in it, for messages. */
  String name() {
    return name;
  }

  /** Size of axis {@code axis}, at least 1; axis 0 counts the items. */
  int size(int axis) {
    return sizes.get(axis);
  }

  /** Bytes after the header. */
  long bodyBytes() {
    return sizes.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /**
   * Reads all bytes after the header to {@code offset} of {@code into}.
   *
   * @throws DataFileException if there are fewer or more, or the gzip stream is broken
   */
  void readBody(byte[] into, int offset) {
    int expected = Math.toIntExact(bodyBytes());
    try {
      int read = in.readNBytes(into, offset, expected);
      if (read < expected) {
        throw truncated(name, read, expected);
      }
      if (in.read() >= 0) {
        throw corrupt(name, "has bytes after the " + expected + " that its header announces");
      }
    } catch (EOFException e) {
      throw corrupt(name, "is truncated: its gzip stream ends too early");
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static boolean isGzip(InputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip;
  }

  private static List<Integer> readHeader(String name, InputStream in, int axes)
      throws IOException {
    byte[] bytes = in.readNBytes(Integer.BYTES * (1 + axes));
    if (bytes.length < Integer.BYTES * (1 + axes)) {
      throw corrupt(name, "is truncated: " + bytes.length + " bytes hold no IDX header");
    }
    ByteBuffer header = ByteBuffer.wrap(bytes);
    int magic = header.getInt();
    checkMagic(name, magic, axes);
    List<Integer> sizes = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      int size = header.getInt();
      if (size < 1) {
        throw corrupt(name, "has size " + size + " on axis " + axis + ", which must be positive");
      }
      sizes.add(size);
    }
    return List.copyOf(sizes);
  }

  private static void checkMagic(String name, int magic, int axes) {
    if (magic >>> 16 != 0) {
      throw corrupt(
          name,
          String.format("is no IDX file: magic number 0x%08x does not start with 0x0000", magic));
    }
    int type = magic >>> 8 & 0xff;
    if (type != UNSIGNED_BYTE) {
      throw corrupt(name, String.format("has type code 0x%02x, not 0x08 (unsigned byte)", type));
    }
    if ((magic & 0xff) != axes) {
      throw corrupt(name, "has " + (magic & 0xff) + " axes where " + axes + " are expected");
    }
  }

  /** Refuses, before anything is allocated, a header that the file's length contradicts. */
  private void checkLength(long length, boolean gzipped, long headerBytes) {
    long body;
    try {
      body = bodyBytes();
    } catch (ArithmeticException e) {
      body = Long.MAX_VALUE;
    }
    if (gzipped ? body / MAX_GZIP_RATIO > length : body > length - headerBytes) {
      throw gzipped
          ? corrupt(
              name, "announces " + body + " bytes, which cannot be in " + length + " gzipped bytes")
          : truncated(name, length - headerBytes, body);
    }
    if (!gzipped && body < length - headerBytes) {
      throw corrupt(name, "has bytes after the " + body + " that its header announces");
    }
  }

  private static DataFileException truncated(String name, long found, long expected) {
    return corrupt(
        name, "is truncated: " + found + " of the " + expected + " bytes its header announces");
  }

  private static DataFileException corrupt(String name, String problem) {
    return DataFileException.corrupt(name, problem);
  }

  private static DataFileException unreadable(String name, IOException e) {
    return DataFileException.unreadable(name, e);
  }
}
