package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** x, or 0.01 x where x is negative (Maas et al. 2013), element by element. */
record LeakyRelu() implements UnaryLayer {

  private static final float SLOPE = 0.01f;

  @Override
  public String describe() {
    return "leakyrelu";
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
    // TensorFlow's own operation trips its graph optimiser, which then leaves the graph as it is
    return tf.math.maximum(input, tf.math.mul(tf.constant(SLOPE), input));
  }

  @Override
  public Operand<TFloat32> tangent(Ops tf, LayerPoint at, Direction direction) {
    return sloped(tf, direction.input(), at);
  }

  @Override
  public LayerGradient gradientTangent(
      Ops tf, LayerPoint at, Direction direction, Operand<TFloat32> outputGradientTangent) {
    return LayerGradient.of(sloped(tf, outputGradientTangent, at), List.of());
  }

  /** The output is positive exactly where the input is, and is kept anyway by the next layer. */
  private static Operand<TFloat32> sloped(Ops tf, Operand<TFloat32> values, LayerPoint at) {
    return tf.select(
        tf.math.greater(at.output(), tf.constant(0f)),
        values,
        tf.math.mul(tf.constant(SLOPE), values));
  }
}
