package io.limber.numerics.network;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The sum of two inputs, as behind a residual block. */
record Add() implements Layer {

  @Override
  public String describe() {
    return "add";
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
    return tf.math.add(inputs.get(0), inputs.get(1));
  }

  @Override
  public Operand<TFloat32> tangent(Ops tf, LayerPoint at, Direction direction) {
    Operand<TFloat32> first = direction.inputs().get(0);
    Operand<TFloat32> second = direction.inputs().get(1);
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return tf.math.add(first, second);
  }

  @Override
  public LayerGradient gradientTangent(
      Ops tf, LayerPoint at, Direction direction, Operand<TFloat32> outputGradientTangent) {
    List<Operand<TFloat32>> inputs = new ArrayList<>(direction.inputs());
    inputs.replaceAll(moves -> moves == null ? null : outputGradientTangent);
    return new LayerGradient(inputs, List.of());
  }
}
