package io.limber.numerics.network;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * max(x, 0) and max(−x, 0) one behind the other, which doubles the last axis.
 *
 * @see "Shang et al. (2016), Concatenated Rectified Linear Units; Abbas et al. (2023), Loss of
 *     Plasticity in Continual Deep Reinforcement Learning"
 */
record Crelu() implements UnaryLayer {

  @Override
  public String describe() {
    return "crelu";
  }

  @Override
  public boolean isNonlinearity() {
    return true;
  }

  @Override
  public boolean keepsUnits() {
    return true;
  }

  @Override
  public List<Integer> outputShape(List<Integer> input) {
    List<Integer> output = new ArrayList<>(input);
    output.set(input.size() - 1, 2 * input.get(input.size() - 1));
    return output;
  }

  @Override
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
    return both(tf, tf.nn.relu(input), tf.nn.relu(tf.math.neg(input)));
  }

  @Override
  public Operand<TFloat32> tangent(Ops tf, LayerPoint at, Direction direction) {
    Operand<TFloat32> x = at.input();
    Operand<TFloat32> negative = tf.math.neg(x);
    return both(
        tf,
        tf.nn.reluGrad(direction.input(), x),
        tf.nn.reluGrad(tf.math.neg(direction.input()), negative));
  }

  @Override
  public LayerGradient gradientTangent(
      Ops tf, LayerPoint at, Direction direction, Operand<TFloat32> outputGradientTangent) {
    Operand<TFloat32> x = at.input();
    List<Operand<TFloat32>> halves =
        new ArrayList<>(
            tf.split(tf.constant(x.shape().numDimensions() - 1), outputGradientTangent, 2L)
                .output());
    return LayerGradient.of(
        tf.math.sub(
            tf.nn.reluGrad(halves.get(0), x), tf.nn.reluGrad(halves.get(1), tf.math.neg(x))),
        List.of());
  }

  private static Operand<TFloat32> both(
      Ops tf, Operand<TFloat32> positive, Operand<TFloat32> negative) {
    return tf.concat(
        List.of(positive, negative), tf.constant(positive.shape().numDimensions() - 1));
  }
}
