package io.limber.numerics.network;

import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * y = γ x̂ + β with x̂ = (x − mean) r and r = 1/√(variance + ε): what layers have in common that
 * take mean and variance over some axes. Along dx,
 *
 * <pre>
 * dx̂ = r (dx − mean(dx) − x̂ m),  dr = −r² m,  m = mean(x̂ dx)
 * </pre>
 *
 * and with g = γ δ the gradient with respect to x is r (g − mean(g) − x̂ mean(x̂ g)).
 */
final class Normalization {

  /** Added to the variance inside the root, as in PyTorch and Haiku. */
  private static final float EPSILON = 1e-5f;

  private final Ops tf;
  private final int[] axes;
  private final Operand<TFloat32> factor;
  private final Operand<TFloat32> normal;

  /**
   * @param axes of {@code x} that mean and variance are taken over
   */
  Normalization(Ops tf, Operand<TFloat32> x, int... axes) {
    this.tf = tf;
    this.axes = axes;
    Operand<TFloat32> centred = tf.math.sub(x, mean(x));
    Operand<TFloat32> variance = mean(tf.math.square(centred));
    factor = tf.math.rsqrt(tf.math.add(variance, tf.constant(EPSILON)));
    normal = tf.math.mul(centred, factor);
  }

  /** γ and β for each place of the last axis, 1 and 0 at first. */
  static List<ParameterSpec> parameters(List<Integer> input) {
    List<Integer> shape = List.of(input.get(input.size() - 1));
    return List.of(
        new ParameterSpec("gamma", shape, new ParameterSpec.Constant(1)),
        new ParameterSpec("beta", shape, new ParameterSpec.Constant(0)));
  }

  /** All axes of a batch from {@code first} on, but for the last. */
  static int[] axesButLast(Operand<TFloat32> batch, int first) {
    return IntStream.range(first, batch.shape().numDimensions() - 1).toArray();
  }

  /** x̂. */
  Operand<TFloat32> normal() {
    return normal;
  }

  /** γ x̂ + β. */
  Operand<TFloat32> output(List<? extends Operand<TFloat32>> parameters) {
    return tf.math.add(tf.math.mul(normal, parameters.get(0)), parameters.get(1));
  }

  /** As {@link Layer#tangent}. */
  Operand<TFloat32> tangent(LayerPoint at, Direction direction) {
    Operand<TFloat32> own = output(direction.parameters());
    return direction.input() == null
        ? own
        : tf.math.add(own, tf.math.mul(at.parameters().get(0), moved(direction.input())));
  }

  /** dx̂. */
  private Operand<TFloat32> moved(Operand<TFloat32> dx) {
    return tf.math.mul(factor, projected(dx, tf.math.mul(normal, along(dx))));
  }

  /** As {@link Layer#gradientTangent}. */
  LayerGradient gradientTangent(
      LayerPoint at, Direction direction, Operand<TFloat32> outputGradientTangent) {
    Operand<TFloat32> beta = columns(outputGradientTangent);
    Operand<TFloat32> gamma = tf.math.mul(outputGradientTangent, normal);
    if (direction.input() == null) {
      return LayerGradient.of(null, List.of(columns(gamma), beta));
    }
    Operand<TFloat32> delta = at.outputGradient();
    Operand<TFloat32> dNormal = moved(direction.input());
    Operand<TFloat32> g = tf.math.mul(at.parameters().get(0), delta);
    Operand<TFloat32> dg =
        tf.math.add(
            tf.math.mul(direction.parameters().get(0), delta),
            tf.math.mul(at.parameters().get(0), outputGradientTangent));
    return LayerGradient.of(
        inputGradientTangent(direction.input(), dNormal, g, dg),
        List.of(columns(tf.math.add(gamma, tf.math.mul(delta, dNormal))), beta));
  }

  /** dr (g − mean(g) − x̂ s) + r (dg − mean(dg) − dx̂ s − x̂ ds) with s = mean(x̂ g). */
  private Operand<TFloat32> inputGradientTangent(
      Operand<TFloat32> dx, Operand<TFloat32> dNormal, Operand<TFloat32> g, Operand<TFloat32> dg) {
    Operand<TFloat32> s = along(g);
    Operand<TFloat32> ds = tf.math.add(mean(tf.math.mul(dNormal, g)), along(dg));
    Operand<TFloat32> bent =
        projected(dg, tf.math.add(tf.math.mul(dNormal, s), tf.math.mul(normal, ds)));
    Operand<TFloat32> rescaled =
        tf.math.mul(tf.math.mul(factor, along(dx)), projected(g, tf.math.mul(normal, s)));
    return tf.math.mul(factor, tf.math.sub(bent, rescaled));
  }

  private Operand<TFloat32> projected(Operand<TFloat32> v, Operand<TFloat32> without) {
    return tf.math.sub(tf.math.sub(v, mean(v)), without);
  }

  /** mean(x̂ v). */
  private Operand<TFloat32> along(Operand<TFloat32> v) {
    return mean(tf.math.mul(normal, v));
  }

  private Operand<TFloat32> mean(Operand<TFloat32> values) {
    return tf.math.mean(values, tf.constant(axes), Mean.keepDims(true));
  }

  /** Sums for each place of the last axis. */
  private Operand<TFloat32> columns(Operand<TFloat32> values) {
    return tf.reduceSum(values, tf.constant(axesButLast(normal, 0)));
  }
}
