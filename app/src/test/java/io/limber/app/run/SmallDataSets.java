package io.limber.app.run;

import io.limber.core.data.DataSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A hundred made-up images of each data set, in its official files; a label is a grey. */
final class SmallDataSets {

  private static final int IMAGES = 100;
  private static final int CLASSES = 10;
  private static final int LABELS_MAGIC = 0x801;
  private static final int IMAGES_MAGIC = 0x803;

  private SmallDataSets() {}

  static void write(DataSet set, Path folder) throws IOException {
    Files.createDirectories(folder);
    switch (set) {
      case MNIST, FASHION_MNIST -> writeIdx(folder, 28);
      case CIFAR10 -> {
        for (int batch = 1; batch <= 5; batch++) {
          Files.write(folder.resolve("data_batch_" + batch + ".bin"), cifar());
        }
        Files.write(folder.resolve("test_batch.bin"), cifar());
      }
    }
  }

  /** Square images of any size, in MNIST's files, which tell their size themselves. */
  static void writeIdx(Path folder, int edge) throws IOException {
    Files.createDirectories(folder);
    writeIdx(folder, "train", edge);
    writeIdx(folder, "t10k", edge);
  }

  private static void writeIdx(Path folder, String part, int edge) throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + IMAGES * edge * edge);
    images.putInt(IMAGES_MAGIC).putInt(IMAGES).putInt(edge).putInt(edge);
    ByteBuffer labels = ByteBuffer.allocate(8 + IMAGES).putInt(LABELS_MAGIC).putInt(IMAGES);
    for (int i = 0; i < IMAGES; i++) {
      labels.put((byte) (i % CLASSES));
      images.put(grey(i % CLASSES, edge * edge));
    }
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
  }

  private static byte[] cifar() {
    ByteArrayOutputStream batch = new ByteArrayOutputStream();
    for (int i = 0; i < IMAGES; i++) {
      batch.write(i % CLASSES);
      batch.writeBytes(grey(i % CLASSES, 3 * 32 * 32));
    }
    return batch.toByteArray();
  }

  /** With a stripe, so that images are not constant: the norms of layers would divide by zero. */
  private static byte[] grey(int label, int bytes) {
    byte[] image = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      image[i] = (byte) (i % 7 == label % 7 ? 255 : 20 * label);
    }
    return image;
  }
}
