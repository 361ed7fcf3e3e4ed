package io.limber.numerics.network;

import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/** What layers have in common that shift and scale to mean 0 and variance 1. */
final class Normalization {

  /** Added to the variance inside the root, as in PyTorch and Haiku. */
  private static final float EPSILON = 1e-5f;

  private Normalization() {}

  /** γ and β for each place of the last axis, 1 and 0 at first. */
  static List<ParameterSpec> parameters(List<Integer> input) {
    List<Integer> shape = List.of(input.get(input.size() - 1));
    return List.of(
        new ParameterSpec("gamma", shape, new ParameterSpec.Constant(1)),
        new ParameterSpec("beta", shape, new ParameterSpec.Constant(0)));
  }

  /** (x − mean) / √(variance + ε), mean and variance over {@code axes}. */
  static Operand<TFloat32> normalised(Ops tf, Operand<TFloat32> x, int... axes) {
    Operand<TFloat32> centred = tf.math.sub(x, mean(tf, x, axes));
    Operand<TFloat32> variance = mean(tf, tf.math.square(centred), axes);
    return tf.math.mul(centred, tf.math.rsqrt(tf.math.add(variance, tf.constant(EPSILON))));
  }

  private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> values, int... axes) {
    return tf.math.mean(values, tf.constant(axes), Mean.keepDims(true));
  }

  /** γ x + β. */
  static Operand<TFloat32> scaled(
      Ops tf, Operand<TFloat32> x, List<? extends Operand<TFloat32>> parameters) {
    return tf.math.add(tf.math.mul(x, parameters.get(0)), parameters.get(1));
  }

  /** All axes of a batch from {@code first} on, but for the last. */
  static int[] axesButLast(Operand<TFloat32> batch, int first) {
    return IntStream.range(first, batch.shape().numDimensions() - 1).toArray();
  }
}
