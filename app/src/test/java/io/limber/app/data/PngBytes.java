package io.limber.app.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/** PNG files of 8-bit red, green and blue, written here or by the JDK, for tests. */
final class PngBytes {

  private PngBytes() {}

  /** Written by the JDK. */
  static byte[] byJdk(byte[][] rows) throws IOException {
    BufferedImage image =
        new BufferedImage(rows[0].length / 3, rows.length, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int red = Byte.toUnsignedInt(rows[y][3 * x]);
        int green = Byte.toUnsignedInt(rows[y][3 * x + 1]);
        int blue = Byte.toUnsignedInt(rows[y][3 * x + 2]);
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    return byJdk(image);
  }

  static byte[] byJdk(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  /**
   * Written here, each row with the filter that its first byte names and as it is given: {@code
   * filtered} is what the file holds.
   *
   * @param piece bytes of image data in each data chunk
   */
  static byte[] of(int width, byte[][] filtered, int piece) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 137, 80, 78, 71, 13, 10, 26, 10});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(filtered.length);
    chunk(out, "IHDR", header.put((byte) 8).put((byte) 2).array());
    chunk(out, "tEXt", "before the data".getBytes(StandardCharsets.ISO_8859_1));
    byte[] data = deflate(filtered);
    for (int at = 0; at < data.length; at += piece) {
      int end = Math.min(data.length, at + piece);
      chunk(out, "IDAT", Arrays.copyOfRange(data, at, end));
    }
    chunk(out, "tEXt", "after the data".getBytes(StandardCharsets.ISO_8859_1));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static byte[] deflate(byte[][] rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      for (byte[] row : rows) {
        deflater.write(row);
      }
    }
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
    byte[] letters = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 checksum = new CRC32();
    checksum.update(letters);
    checksum.update(content);
    out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    out.writeBytes(letters);
    out.writeBytes(content);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
  }
}
