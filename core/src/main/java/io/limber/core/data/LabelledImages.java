package io.limber.core.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Images of one shape, each with a label in [0, classes). Immutable, any thread. Pixels are
 * unsigned bytes, row-major [height, width, channels], in one array that relabelled and shortened
 * views share.
 */
public final class LabelledImages {

  private final String source;
  private final List<Integer> shape;
  private final int classes;
  private final byte[] pixels;
  private final byte[] labels;
  private final int imageBytes;
  private final int[] byLabel; // image indices, sorted by label, then by index
  private final int[] labelStarts; // where each label's images start in byLabel; classes + 1 places

  /** Takes ownership of both arrays; {@code pixels} may hold more images than there are labels. */
  private LabelledImages(
      String source, List<Integer> shape, int classes, byte[] pixels, byte[] labels) {
    this.source = Objects.requireNonNull(source);
    this.shape = List.copyOf(shape);
    this.classes = classes;
    this.pixels = pixels;
    this.labels = labels;
    imageBytes = shape.stream().reduce(1, Math::multiplyExact);
    labelStarts = labelStarts(labels, classes);
    byLabel = sortedByLabel(labels, labelStarts);
  }

  /**
   * Copies the arrays.
   *
   * @param source where they come from, for people
   * @param shape [height, width, channels], all positive
   * @param classes number of classes, in [1, 256]
   * @param pixels size · height · width · channels unsigned bytes
   * @param labels one unsigned byte per image, below {@code classes}
   * @throws IllegalArgumentException if sizes do not fit together or a label is out of range
   */
  public static LabelledImages of(
      String source, List<Integer> shape, int classes, byte[] pixels, byte[] labels) {
    return owning(source, shape, classes, pixels.clone(), labels.clone());
  }

  /** As {@link #of}, without a copy: the caller must not keep the arrays. */
  static LabelledImages owning(
      String source, List<Integer> shape, int classes, byte[] pixels, byte[] labels) {
    require(
        shape.size() == 3 && shape.stream().allMatch(size -> size > 0),
        "shape = " + shape + " must be [height, width, channels], all positive");
    require(classes >= 1 && classes <= 256, "classes = " + classes + " must lie in [1, 256]");
    require(labels.length > 0, "there must be at least one image");
    long expected = (long) labels.length * shape.stream().reduce(1, Math::multiplyExact);
    require(
        pixels.length == expected,
        pixels.length
            + " bytes of pixels must be "
            + expected
            + " for "
            + labels.length
            + " labels");
    for (int i = 0; i < labels.length; i++) {
      int label = Byte.toUnsignedInt(labels[i]);
      require(
          label < classes,
          "label " + label + " of image " + i + " must lie in [0, " + (classes - 1) + "]");
    }
    return new LabelledImages(source, shape, classes, pixels, labels);
  }

  /** Where they come from, for people, for instance {@code 10000 embedded MNIST test images}. */
  public String source() {
    return source;
  }

  /** Number of images, at least 1. */
  public int size() {
    return labels.length;
  }

  /** [height, width, channels]. */
  public List<Integer> shape() {
    return shape;
  }

  /** Labels lie below this; not every label need have an image. */
  public int classes() {
    return classes;
  }

  /** Label of image {@code image}. */
  public int label(int image) {
    return Byte.toUnsignedInt(labels[image]);
  }

  /** Number of images with label {@code label}. */
  public int count(int label) {
    return labelStarts[label + 1] - labelStarts[label];
  }

  /**
   * The {@code rank}-th image with label {@code label}, in the order of the images.
   *
   * @param rank in [0, {@link #count})
   */
  public int image(int label, int rank) {
    return byLabel[labelStarts[label] + Objects.checkIndex(rank, count(label))];
  }

  /** Copies the pixels of image {@code image} to the position of {@code into}, which moves on. */
  public void copyImage(int image, ByteBuffer into) {
    Objects.checkIndex(image, size());
    into.put(pixels, image * imageBytes, imageBytes);
  }

  /**
   * The first {@code limit} images.
   *
   * @param limit in [1, size]
   */
  public LabelledImages first(int limit) {
    require(limit >= 1 && limit <= size(), "limit = " + limit + " must lie in [1, " + size() + "]");
    byte[] fewer = Arrays.copyOf(labels, limit);
    return new LabelledImages(
        "the first " + limit + " of " + source, shape, classes, pixels, fewer);
  }

  /** The same images, each with a label drawn uniformly from all classes. */
  public LabelledImages withRandomLabels(RandomGenerator random) {
    byte[] drawn = new byte[size()];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = (byte) random.nextInt(classes);
    }
    return new LabelledImages(source + ", randomly relabelled", shape, classes, pixels, drawn);
  }

  private static int[] labelStarts(byte[] labels, int classes) {
    int[] starts = new int[classes + 1];
    for (byte label : labels) {
      starts[Byte.toUnsignedInt(label) + 1]++;
    }
    for (int label = 0; label < classes; label++) {
      starts[label + 1] += starts[label];
    }
    return starts;
  }

  private static int[] sortedByLabel(byte[] labels, int[] labelStarts) {
    int[] next = labelStarts.clone();
    int[] sorted = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      sorted[next[Byte.toUnsignedInt(labels[i])]++] = i;
    }
    return sorted;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
