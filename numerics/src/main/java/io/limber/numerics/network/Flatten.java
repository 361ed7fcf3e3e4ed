package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Any shape to a vector, row-major. */
record Flatten(int size) implements UnaryLayer {

  @Override
  public String describe() {
    return "flatten";
  }

  @Override
  public boolean keepsUnits() {
    return true;
  }

  @Override
  public List<Integer> outputShape(List<Integer> input) {
    return List.of(input.stream().reduce(1, Math::multiplyExact));
  }

  @Override
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
    return tf.reshape(input, tf.constant(new int[] {-1, size}));
  }

  @Override
  public Operand<TFloat32> tangent(Ops tf, LayerPoint at, Direction direction) {
    return apply(tf, direction.input(), List.of());
  }

  @Override
  public LayerGradient gradientTangent(
      Ops tf, LayerPoint at, Direction direction, Operand<TFloat32> outputGradientTangent) {
    return LayerGradient.of(
        tf.reshape(outputGradientTangent, tf.shape(direction.input())), List.of());
  }
}
