package io.limber.core.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Small made-up data sets in the official formats, for tests. */
public final class OfficialFiles {

  private OfficialFiles() {}

  /**
   * Writes all files of a data set. Image {@code i} of a part has label {@code i % 10}, and all of
   * its bytes are {@code i}.
   *
   * @param train number of training images, a multiple of 5, at most 250
   * @param test number of test images, at most 250
   */
  public static void write(DataSet set, Path directory, int train, int test) throws IOException {
    Files.createDirectories(directory);
    if (set == DataSet.CIFAR10) {
      for (int batch = 0; batch < 5; batch++) {
        write(
            directory, "data_batch_" + (batch + 1) + ".bin", batches(batch * train / 5, train / 5));
      }
      write(directory, "test_batch.bin", batches(0, test));
    } else {
      writePair(directory, "train", train);
      writePair(directory, "t10k", test);
    }
  }

  private static void writePair(Path directory, String prefix, int count) throws IOException {
    byte[] pixels = new byte[count * 784];
    byte[] labels = new byte[count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 784);
      labels[i / 784] = (byte) (i / 784 % 10);
    }
    int[] sizes = {count, 28, 28};
    write(directory, prefix + "-images-idx3-ubyte", IdxBytes.file(IdxBytes.IMAGES, sizes, pixels));
    write(
        directory,
        prefix + "-labels-idx1-ubyte",
        IdxBytes.file(IdxBytes.LABELS, new int[] {count}, labels));
  }

  private static byte[] batches(int first, int count) {
    ByteArrayOutputStream batch = new ByteArrayOutputStream();
    for (int i = first; i < first + count; i++) {
      batch.write(i % 10);
      batch.writeBytes(bytes(i));
    }
    return batch.toByteArray();
  }

  private static byte[] bytes(int value) {
    byte[] bytes = new byte[3072];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static void write(Path directory, String name, byte[] content) throws IOException {
    Files.write(directory.resolve(name), content);
  }

  /** Shape of the images that {@link #write} writes. */
  public static List<Integer> shape(DataSet set) {
    return set == DataSet.CIFAR10 ? List.of(32, 32, 3) : List.of(28, 28, 1);
  }
}
