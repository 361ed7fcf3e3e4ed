package io.limber.numerics.network;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The first of two inputs minus the second. */
record Subtract() implements Layer {

  @Override
  public String describe() {
    return "subtract";
  }

  @Override
  public int inputs() {
    return 2;
  }

  @Override
  public List<Integer> outputShape(List<Integer> input) {
    return input;
  }

  @Override
  public Operand<TFloat32> apply(
      Ops tf,
      List<? extends Operand<TFloat32>> inputs,
      List<? extends Operand<TFloat32>> parameters) {
    return tf.math.sub(inputs.get(0), inputs.get(1));
  }

  @Override
  public Operand<TFloat32> tangent(Ops tf, LayerPoint at, Direction direction) {
    Operand<TFloat32> first = direction.inputs().get(0);
    Operand<TFloat32> second = direction.inputs().get(1);
    if (second == null) {
      return first;
    }
    return first == null ? tf.math.neg(second) : tf.math.sub(first, second);
  }

  @Override
  public LayerGradient gradientTangent(
      Ops tf, LayerPoint at, Direction direction, Operand<TFloat32> outputGradientTangent) {
    boolean first = direction.inputs().get(0) != null;
    boolean second = direction.inputs().get(1) != null;
    return new LayerGradient(
        Arrays.asList(
            first ? outputGradientTangent : null,
            second ? tf.math.neg(outputGradientTangent) : null),
        List.of());
  }
}
