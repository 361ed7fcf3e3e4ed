package io.limber.numerics.network;

import io.limber.core.config.Section;

/**
 * A vision transformer: {@code limber.network.vit}. An image's patches become tokens, with learned
 * positions; each block adds attention and a dense layer pair, each behind a layer norm; the
 * features are the mean over all tokens. ADR 015 says where this is a choice.
 *
 * @param patch edge of a patch in pixels; the image is padded with zeros to full patches
 * @param dimension features of a token
 * @param feedForward width of the hidden layer in each block
 * @param blocks how many
 * @param heads of the attention, divides {@code dimension}
 * @param dropout probability in a training update
 * @see "Dosovitskiy et al. (2021), An Image is Worth 16x16 Words, section 3.1"
 */
record VisionTransformer(
    int patch, int dimension, int feedForward, int blocks, int heads, float dropout)
    implements Architecture {

  static VisionTransformer from(Section network) {
    Section vit = network.section("vit");
    int multiplier = Widths.multiplier(network);
    int dimension = Math.multiplyExact(Widths.one(vit, "dimension"), multiplier);
    int heads = Widths.one(vit, "heads");
    vit.require(
        dimension % heads == 0, "heads", heads, "divide the dimension of a token, " + dimension);
    double dropout = vit.real("dropout");
    vit.require(dropout >= 0 && dropout < 1, "dropout", dropout, "lie in [0, 1)");
    return new VisionTransformer(
        Widths.one(vit, "patch"),
        dimension,
        Math.multiplyExact(Widths.one(vit, "feed-forward"), multiplier),
        Widths.one(vit, "blocks"),
        heads,
        (float) dropout);
  }

  @Override
  public Activation standardActivation() {
    return Activation.GELU;
  }

  @Override
  public void check(Section network, HiddenLayers hidden) {
    network.require(
        !hidden.layerNorm(), "layer-norm", true, "be false for vit, which has its own everywhere");
  }

  @Override
  public void addFeatures(NetworkBuilder network, HiddenLayers hidden) {
    int patches = network.add(new Conv2d(dimension, patch, patch, true));
    int count = network.shape(patches).get(0) * network.shape(patches).get(1);
    network.add(new Tokens(count, dimension));
    network.add(new PositionEmbedding());
    addDropout(network);
    for (int block = 0; block < blocks; block++) {
      addAttention(network);
      addFeedForward(network, hidden.activation().layer());
    }
    network.add(new LayerNorm());
    network.add(new MeanPool());
  }

  private void addAttention(NetworkBuilder network) {
    int input = network.last();
    int normal = network.add(new LayerNorm());
    int queries = network.add(new TokenDense(dimension), normal);
    int keys = network.add(new TokenDense(dimension), normal);
    int values = network.add(new TokenDense(dimension), normal);
    network.add(new AttentionProduct(heads), queries, keys, values);
    network.add(new TokenDense(dimension));
    network.add(new Add(), input, addDropout(network));
  }

  private void addFeedForward(NetworkBuilder network, Layer nonlinearity) {
    int input = network.last();
    network.add(new LayerNorm());
    network.add(new TokenDense(feedForward));
    network.add(nonlinearity);
    addDropout(network);
    network.add(new TokenDense(dimension));
    network.add(new Add(), input, addDropout(network));
  }

  private int addDropout(NetworkBuilder network) {
    return dropout > 0 ? network.add(new Dropout(dropout)) : network.last();
  }
}
