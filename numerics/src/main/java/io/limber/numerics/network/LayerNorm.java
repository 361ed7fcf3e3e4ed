package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * γ (x − mean) / √(variance + 1e-5) + β over the last axis: the features of a dense layer, the
 * channels of each pixel of an image, the features of each token.
 *
 * @see "Ba et al. (2016), Layer Normalization, eq 4"
 */
record LayerNorm() implements UnaryLayer {

  @Override
  public String describe() {
    return "layernorm";
  }

  @Override
  public String group() {
    return "layer-norm";
  }

  @Override
  public boolean keepsUnits() {
    return true;
  }

  @Override
  public List<Integer> outputShape(List<Integer> input) {
    return input;
  }

  @Override
  public List<ParameterSpec> parameters(List<Integer> input) {
    return Normalization.parameters(input);
  }

  @Override
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
    return over(tf, input).output(parameters);
  }

  @Override
  public Operand<TFloat32> tangent(Ops tf, LayerPoint at, Direction direction) {
    return over(tf, at.input()).tangent(at, direction);
  }

  @Override
  public LayerGradient gradientTangent(
      Ops tf, LayerPoint at, Direction direction, Operand<TFloat32> outputGradientTangent) {
    return over(tf, at.input()).gradientTangent(at, direction, outputGradientTangent);
  }

  private static Normalization over(Ops tf, Operand<TFloat32> input) {
    return new Normalization(tf, input, input.shape().numDimensions() - 1);
  }

  /** An example's gradients are the sums over its positions of x̂ δ and of δ. */
  @Override
  public Operand<TFloat32> gradientGram(Ops tf, LayerPoint rows, LayerPoint columns) {
    return tf.math.add(
        inner(tf, gammaGradients(tf, rows), gammaGradients(tf, columns)),
        inner(tf, summed(tf, rows.outputGradient()), summed(tf, columns.outputGradient())));
  }

  private static Operand<TFloat32> gammaGradients(Ops tf, LayerPoint at) {
    return summed(tf, tf.math.mul(over(tf, at.input()).normal(), at.outputGradient()));
  }

  private static Operand<TFloat32> summed(Ops tf, Operand<TFloat32> values) {
    return tf.reduceSum(values, tf.constant(Normalization.axesButLast(values, 1)));
  }

  private static Operand<TFloat32> inner(
      Ops tf, Operand<TFloat32> rows, Operand<TFloat32> columns) {
    return tf.linalg.matMul(rows, columns, MatMul.transposeB(true));
  }
}
