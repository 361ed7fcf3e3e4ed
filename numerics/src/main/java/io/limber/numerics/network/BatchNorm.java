package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * γ (x − mean) / √(variance + 1e-5) + β for each place of the last axis, mean and variance over all
 * else: over the examples of the batch at hand, always. There are no running averages; ADR 016 says
 * why. So an example's output depends on its batch, and there are no gradients of single examples.
 *
 * @see "Ioffe and Szegedy (2015), Batch Normalization, algorithm 1"
 */
record BatchNorm() implements UnaryLayer {

  @Override
  public String describe() {
    return "batchnorm";
  }

  @Override
  public String group() {
    return "batch-norm";
  }

  @Override
  public boolean keepsUnits() {
    return true;
  }

  @Override
  public boolean couplesExamples() {
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
    return new Normalization(tf, input, Normalization.axesButLast(input, 0));
  }
}
