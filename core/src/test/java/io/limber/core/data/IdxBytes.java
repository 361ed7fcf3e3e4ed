package io.limber.core.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Bytes of IDX files, sound or not, for tests. */
final class IdxBytes {

  static final int IMAGES = 0x00000803;
  static final int LABELS = 0x00000801;

  private IdxBytes() {}

  /** A file with this magic number, these sizes and this body, whether they fit or not. */
  static byte[] file(int magic, int[] sizes, byte... body) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * sizes.length + body.length).putInt(magic);
    for (int size : sizes) {
      file.putInt(size);
    }
    return file.put(body).array();
  }

  /** Images of 1 × 2 pixels. */
  static byte[] images(int... pixels) {
    return file(IMAGES, new int[] {pixels.length / 2, 1, 2}, bytes(pixels));
  }

  static byte[] labels(int... labels) {
    return file(LABELS, new int[] {labels.length}, bytes(labels));
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new AssertionError("memory cannot fail", e);
    }
    return out.toByteArray();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
