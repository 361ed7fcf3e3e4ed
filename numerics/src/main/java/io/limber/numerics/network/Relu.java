package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** max(x, 0), element by element. */
record Relu() implements UnaryLayer {

  @Override
  public String describe() {
    return "relu";
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
    return input;
  }

  @Override
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
    return tf.nn.relu(input);
  }

  @Override
  public Operand<TFloat32> tangent(Ops tf, LayerPoint at, Direction direction) {
    return masked(tf, direction.input(), at);
  }

  @Override
  public LayerGradient gradientTangent(
      Ops tf, LayerPoint at, Direction direction, Operand<TFloat32> outputGradientTangent) {
    return LayerGradient.of(masked(tf, outputGradientTangent, at), List.of());
  }

  /** The output is positive exactly where the input is, and is kept anyway by the next layer. */
  private static Operand<TFloat32> masked(Ops tf, Operand<TFloat32> values, LayerPoint at) {
    return tf.nn.reluGrad(values, at.output());
  }
}
