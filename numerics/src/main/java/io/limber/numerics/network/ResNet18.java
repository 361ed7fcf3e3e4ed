package io.limber.numerics.network;

import io.limber.core.config.Section;

/**
 * The residual network with 18 layers in its form for small images: a 3x3 stem without pooling,
 * four groups of two basic blocks of 1, 2, 4 and 8 times the width, the mean over pixels. Where a
 * block halves the image or widens, a 1x1 convolution takes its shortcut along.
 *
 * @param width channels of the first group
 * @param normalization behind each convolution
 * @see "He et al. (2016), Deep Residual Learning for Image Recognition, table 1 and section 4.2"
 */
record ResNet18(int width, Norm normalization) implements Architecture {

  /** What comes behind each convolution; NONE gives it a bias instead. */
  enum Norm {
    BATCH,
    LAYER,
    NONE
  }

  private static final int GROUPS = 4;
  private static final int BLOCKS = 2;

  static ResNet18 from(Section network) {
    Section section = network.section("resnet18");
    return new ResNet18(
        Math.multiplyExact(Widths.one(section, "width"), Widths.multiplier(network)),
        section.constant("normalization", Norm.class));
  }

  @Override
  public void check(Section network, HiddenLayers hidden) {
    network.require(
        !hidden.layerNorm(),
        "layer-norm",
        true,
        "be false for resnet18: resnet18.normalization = layer says where its norms come");
    network.require(
        hidden.activation() != Activation.CRELU,
        "activation",
        "crelu",
        "be another for resnet18, whose sums take as many channels as come out of its convolutions");
  }

  @Override
  public void addFeatures(NetworkBuilder network, HiddenLayers hidden) {
    Layer nonlinearity = hidden.activation().layer();
    convolve(network, width, 3, 1, network.last());
    network.add(nonlinearity);
    for (int group = 0; group < GROUPS; group++) {
      for (int block = 0; block < BLOCKS; block++) {
        int stride = group > 0 && block == 0 ? 2 : 1;
        addBlock(network, width << group, stride, nonlinearity);
      }
    }
    network.add(new MeanPool());
  }

  private void addBlock(NetworkBuilder network, int filters, int stride, Layer nonlinearity) {
    int input = network.last();
    convolve(network, filters, 3, stride, input);
    network.add(nonlinearity);
    int residual = convolve(network, filters, 3, 1, network.last());
    boolean same = network.shape(input).equals(network.shape(residual));
    int shortcut = same ? input : convolve(network, filters, 1, stride, input);
    network.add(new Add(), residual, shortcut);
    network.add(nonlinearity);
  }

  private int convolve(NetworkBuilder network, int filters, int kernel, int stride, int input) {
    boolean biased = normalization == Norm.NONE;
    int place = network.add(new Conv2d(filters, kernel, stride, true, biased), input);
    return switch (normalization) {
      case BATCH -> network.add(new BatchNorm());
      case LAYER -> network.add(new LayerNorm());
      case NONE -> place;
    };
  }
}
