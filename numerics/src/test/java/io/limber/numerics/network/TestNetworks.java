package io.limber.numerics.network;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
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

  private static Network chain(List<Integer> input, List<Layer> layers) {
    NetworkBuilder network = new NetworkBuilder(input);
    layers.forEach(network::add);
    return network.build(Initializer.LECUN_NORMAL);
  }

  private record Tanh() implements UnaryLayer {

    @Override
    public String describe() {
      return "tanh";
    }

    @Override
    public List<Integer> outputShape(List<Integer> input) {
      return input;
    }

    @Override
    public Operand<TFloat32> apply(
        Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
      return tf.math.tanh(input);
    }
  }

  private record LayerNorm() implements UnaryLayer {

    @Override
    public String describe() {
      return "norm";
    }

    @Override
    public List<Integer> outputShape(List<Integer> input) {
      return input;
    }

    @Override
    public List<ParameterSpec> parameters(List<Integer> input) {
      return List.of(new ParameterSpec("gain", input, 0), new ParameterSpec("bias", input, 0));
    }

    @Override
    public Operand<TFloat32> apply(
        Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
      Operand<TFloat32> centred = tf.math.sub(input, mean(tf, input));
      Operand<TFloat32> variance = mean(tf, tf.math.square(centred));
      Operand<TFloat32> normal =
          tf.math.mul(centred, tf.math.rsqrt(tf.math.add(variance, tf.constant(1e-2f))));
      return tf.math.add(tf.math.mul(normal, parameters.get(0)), parameters.get(1));
    }

    private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> values) {
      return tf.math.mean(values, tf.constant(1), Mean.keepDims(true));
    }
  }
}
