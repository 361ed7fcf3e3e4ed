package io.limber.numerics.network;

import io.limber.core.config.Section;
import java.util.List;

/**
 * Convolutions, then dense layers: {@code limber.network.cnn}.
 *
 * @param filters output channels per convolution
 * @param kernelSizes edge of the kernel per convolution
 * @param strides step per convolution
 * @param samePadding zero padding, else none
 * @param denseWidths widths of the dense layers between the convolutions and the head
 */
record Cnn(
    List<Integer> filters,
    List<Integer> kernelSizes,
    List<Integer> strides,
    boolean samePadding,
    List<Integer> denseWidths)
    implements Architecture {

  private enum Padding {
    SAME,
    VALID
  }

  static Cnn from(Section network) {
    Section cnn = network.section("cnn");
    List<Integer> filters = Widths.list(cnn, "filters");
    for (String key : List.of("kernel-sizes", "strides")) {
      cnn.require(
          cnn.integers(key).size() == filters.size(),
          key,
          cnn.integers(key),
          "have as many entries as filters has: " + filters.size());
    }
    int multiplier = Widths.multiplier(network);
    return new Cnn(
        Widths.times(filters, multiplier),
        Widths.list(cnn, "kernel-sizes"),
        Widths.list(cnn, "strides"),
        cnn.constant("padding", Padding.class) == Padding.SAME,
        Widths.times(Widths.list(cnn, "dense-widths"), multiplier));
  }

  @Override
  public void addFeatures(NetworkBuilder network, HiddenLayers hidden) {
    for (int i = 0; i < filters.size(); i++) {
      hidden.add(
          network, new Conv2d(filters.get(i), kernelSizes.get(i), strides.get(i), samePadding));
    }
    HiddenLayers.addFlatten(network);
    hidden.addDense(network, denseWidths);
  }
}
