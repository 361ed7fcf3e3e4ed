package io.limber.core.data;

import java.nio.ByteBuffer;
import java.util.List;

/** Small synthetic images whose pixels say which image it is: [index / 256, index % 256, label]. */
public final class TestImages {

  private TestImages() {}

  /** {@code classes · perClass} images of 1 × 3 pixels; image i has label i mod classes. */
  public static LabelledImages of(int classes, int perClass) {
    int size = classes * perClass;
    byte[] pixels = new byte[size * 3];
    byte[] labels = new byte[size];
    for (int i = 0; i < size; i++) {
      labels[i] = (byte) (i % classes);
      pixels[3 * i] = (byte) (i / 256);
      pixels[3 * i + 1] = (byte) i;
      pixels[3 * i + 2] = labels[i];
    }
    return LabelledImages.of(size + " synthetic images", List.of(1, 3, 1), classes, pixels, labels);
  }

  /** Which image is at {@code offset} of {@code observations}. */
  public static int imageAt(ByteBuffer observations, int offset) {
    return Byte.toUnsignedInt(observations.get(offset)) * 256
        + Byte.toUnsignedInt(observations.get(offset + 1));
  }
}
