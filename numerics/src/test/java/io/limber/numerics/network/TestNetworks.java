package io.limber.numerics.network;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Small networks of chosen layers; some have layers with a forward rule only. */
public final class TestNetworks {

  private TestNetworks() {}

  /** Dense ReLU layers of these widths; the first is the input's, the last has no ReLU. */
  public static Network dense(int in, int... widths) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      layers.add(new Dense(widths[i]));
      if (i < widths.length - 1) {
        layers.add(new Relu());
      }
    }
    return chain(List.of(in), layers);
  }

  /** 5x4 pixels, conv3x3x3 of stride 2, conv2x2x2 without padding, dense 5, outputs 3. */
  public static Network convolutional() {
    return chain(
        List.of(5, 4, 2),
        List.of(
            new Conv2d(3, 3, 2, true),
            new Relu(),
            new Conv2d(2, 2, 1, false),
            new Relu(),
            new Flatten(4),
            new Dense(5),
            new Relu(),
            new Dense(3)));
  }

  /** 3x2 pixels of 192 channels, conv2x2x192: too large a kernel to form its gradient at once. */
  public static Network wideConvolution() {
    return chain(
        List.of(3, 2, 192),
        List.of(new Conv2d(192, 2, 1, true), new Relu(), new Flatten(3 * 2 * 192), new Dense(3)));
  }

  /** Dense 6, layer norm, tanh, dense 5, tanh, outputs 3. */
  public static Network smooth(int in) {
    return chain(
        List.of(in),
        List.of(new Dense(6), new LayerNorm(), new Tanh(), new Dense(5), new Tanh(), new Dense(3)));
  }

  /**
   * One of each kind of layer: where nothing moves yet, as far as it can stand there, and behind a
   * kernel.
   */
  public static List<Network> ofEachLayer() {
    List<Network> all = new ArrayList<>();
    for (Activation activation : Activation.values()) {
      all.add(vectors(new Dense(4), activation.layer()));
    }
    all.add(vectors(new Dense(4), new LayerNorm()));
    all.add(vectors(new Dense(4), new BatchNorm()));
    all.add(vectors(new LayerNorm(), new Dense(4)));
    all.add(vectors(new Dense(4), new Dropout(0.5f)));
    all.add(images(new Conv2d(3, 2, 2, true, false), new Conv2d(2, 3, 1, true, false)));
    all.add(images(new Conv2d(3, 3, 1, true), new LayerNorm()));
    all.add(images(new Conv2d(3, 3, 1, true), new BatchNorm()));
    all.add(images(new Conv2d(3, 3, 1, true), new Crelu()));
    all.add(images(new Conv2d(3, 3, 1, true), new MeanPool()));
    all.add(tokens(new PositionEmbedding(), new TokenDense(3)));
    all.add(tokens(new TokenDense(3), new PositionEmbedding()));
    all.add(tokens(new TokenDense(3), new LayerNorm()));
    all.add(sum());
    all.add(attention());
    return all;
  }

  private static Network vectors(Layer... layers) {
    return withHead(new NetworkBuilder(List.of(5)), layers);
  }

  private static Network images(Layer... layers) {
    return withHead(new NetworkBuilder(List.of(3, 4, 2)), layers);
  }

  private static Network tokens(Layer... layers) {
    NetworkBuilder network = new NetworkBuilder(List.of(3, 2, 4));
    network.add(new Tokens(6, 4));
    return withHead(network, layers);
  }

  /** A sum of something that moves and something that does not, and of two that do. */
  private static Network sum() {
    NetworkBuilder network = new NetworkBuilder(List.of(5));
    int moving = network.add(new Dense(5));
    int half = network.add(new Add(), 0, moving);
    network.add(new Add(), half, moving);
    return withHead(network);
  }

  private static Network attention() {
    NetworkBuilder network = new NetworkBuilder(List.of(6, 4));
    int queries = network.add(new TokenDense(4), 0);
    int keys = network.add(new TokenDense(4), 0);
    network.add(new AttentionProduct(2), queries, keys, 0);
    return withHead(network);
  }

  private static Network withHead(NetworkBuilder network, Layer... layers) {
    List.of(layers).forEach(network::add);
    network.add(new Tanh());
    HiddenLayers.addFlatten(network);
    network.add(new Dense(3));
    return network.build(Initializer.LECUN_NORMAL);
  }

  /** With a layer that has a forward rule only. */
  public static Network withoutGramRule(int in) {
    return chain(List.of(in), List.of(new Scale(), new Dense(3)));
  }

  private record Scale() implements UnaryLayer {

    @Override
    public String describe() {
      return "scale";
    }

    @Override
    public List<Integer> outputShape(List<Integer> input) {
      return input;
    }

    @Override
    public List<ParameterSpec> parameters(List<Integer> input) {
      return List.of(new ParameterSpec("factor", input, new ParameterSpec.Constant(1)));
    }

    @Override
    public Operand<TFloat32> apply(
        Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
      return tf.math.mul(input, parameters.get(0));
    }
  }

  private static Network chain(List<Integer> input, List<Layer> layers) {
    NetworkBuilder network = new NetworkBuilder(input);
    layers.forEach(network::add);
    return network.build(Initializer.LECUN_NORMAL);
  }
}
