package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * In a training update sets each number to zero with a probability, and divides the others by what
 * is left of 1; otherwise nothing: acting, targets and probes see the whole network.
 *
 * @param rate probability, in [0, 1)
 * @see "Srivastava et al. (2014), Dropout: A Simple Way to Prevent Neural Networks from
 *     Overfitting"
 */
record Dropout(float rate) implements UnaryLayer {

  @Override
  public String describe() {
    return "dropout" + rate;
  }

  @Override
  public boolean keepsUnits() {
    return true;
  }

  @Override
  public boolean drawsInTraining() {
    return true;
  }

  @Override
  public List<Integer> outputShape(List<Integer> input) {
    return input;
  }

  @Override
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
    return tf.identity(input);
  }

  @Override
  public Operand<TFloat32> applyInTraining(
      Ops tf,
      List<? extends Operand<TFloat32>> inputs,
      List<? extends Operand<TFloat32>> parameters,
      Operand<TInt64> seed) {
    Operand<TFloat32> input = inputs.get(0);
    Operand<TFloat32> draws = tf.random.statelessRandomUniform(tf.shape(input), seed);
    Operand<TFloat32> kept =
        tf.dtypes.cast(tf.math.greaterEqual(draws, tf.constant(rate)), TFloat32.class);
    return tf.math.mul(tf.math.mul(input, tf.constant(1 / (1 - rate))), kept);
  }

  @Override
  public Operand<TFloat32> tangent(Ops tf, LayerPoint at, Direction direction) {
    return direction.input();
  }

  @Override
  public LayerGradient gradientTangent(
      Ops tf, LayerPoint at, Direction direction, Operand<TFloat32> outputGradientTangent) {
    return LayerGradient.of(outputGradientTangent, List.of());
  }
}
