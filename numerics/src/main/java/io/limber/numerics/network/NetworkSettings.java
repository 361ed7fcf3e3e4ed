package io.limber.numerics.network;

import io.limber.core.config.Section;
import java.util.List;

/**
 * {@code limber.network}.
 *
 * @param kind which architecture
 * @param hiddenWidths widths of the mlp's hidden layers
 * @param cnn the cnn's sizes
 * @param initializer how kernels start
 */
public record NetworkSettings(
    Kind kind, List<Integer> hiddenWidths, Cnn cnn, Initializer initializer) {

  /** The architectures. */
  public enum Kind {
    MLP,
    CNN
  }

  /**
   * {@code limber.network.cnn}.
   *
   * @param filters output channels per convolution
   * @param kernelSizes edge of the kernel per convolution
   * @param strides step per convolution
   * @param samePadding zero padding, else none
   * @param denseWidths widths of the dense layers between the convolutions and the head
   */
  public record Cnn(
      List<Integer> filters,
      List<Integer> kernelSizes,
      List<Integer> strides,
      boolean samePadding,
      List<Integer> denseWidths) {}

  private enum Padding {
    SAME,
    VALID
  }

  /** Reads and checks the section. */
  public static NetworkSettings from(Section limber) {
    Section section = limber.section("network");
    Section cnn = section.section("cnn");
    List<Integer> filters = positive(cnn, "filters");
    for (String key : List.of("kernel-sizes", "strides")) {
      cnn.require(
          cnn.integers(key).size() == filters.size(),
          key,
          cnn.integers(key),
          "have as many entries as filters has: " + filters.size());
    }
    return new NetworkSettings(
        section.constant("kind", Kind.class),
        positive(section, "hidden-widths"),
        new Cnn(
            filters,
            positive(cnn, "kernel-sizes"),
            positive(cnn, "strides"),
            cnn.constant("padding", Padding.class) == Padding.SAME,
            positive(cnn, "dense-widths")),
        section.constant("initializer", Initializer.class));
  }

  private static List<Integer> positive(Section section, String key) {
    List<Integer> values = section.integers(key);
    section.require(
        values.stream().allMatch(v -> v >= 1 && v <= 1 << 20),
        key,
        values,
        "have entries between 1 and 1048576 only");
    return values;
  }
}
