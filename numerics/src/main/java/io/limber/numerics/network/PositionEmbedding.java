package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * Adds a learned number to each feature of each token; at first normal with standard deviation
 * 0.02.
 *
 * @see "Dosovitskiy et al. (2021), An Image is Worth 16x16 Words, eq 1 and its published code"
 */
record PositionEmbedding() implements UnaryLayer {

  @Override
  public String describe() {
    return "position";
  }

  @Override
  public List<Integer> outputShape(List<Integer> input) {
    return input;
  }

  @Override
  public List<ParameterSpec> parameters(List<Integer> input) {
    return List.of(new ParameterSpec("embedding", input, new ParameterSpec.Normal(0.02f)));
  }

  @Override
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
    return tf.math.add(input, parameters.get(0));
  }

  @Override
  public Operand<TFloat32> tangent(Ops tf, LayerPoint at, Direction direction) {
    Operand<TFloat32> still = tf.zerosLike(at.input());
    return tf.math.add(
        direction.input() == null ? still : direction.input(), direction.parameters().get(0));
  }

  @Override
  public LayerGradient gradientTangent(
      Ops tf, LayerPoint at, Direction direction, Operand<TFloat32> outputGradientTangent) {
    return LayerGradient.of(
        direction.input() == null ? null : outputGradientTangent,
        List.of(tf.reduceSum(outputGradientTangent, tf.constant(0))));
  }

  /** An example's gradient is δ itself. */
  @Override
  public Operand<TFloat32> gradientGram(Ops tf, LayerPoint rows, LayerPoint columns) {
    return tf.linalg.matMul(
        flat(tf, rows.outputGradient()),
        flat(tf, columns.outputGradient()),
        MatMul.transposeB(true));
  }

  private static Operand<TFloat32> flat(Ops tf, Operand<TFloat32> delta) {
    int numbers = (int) (delta.shape().get(1) * delta.shape().get(2));
    return tf.reshape(delta, tf.constant(new int[] {-1, numbers}));
  }
}
