package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A layer that no optimiser trains. Its parameters are zero at first, and its units are not looked
 * at: they do not learn.
 *
 * @param layer what it computes
 */
record Frozen(Layer layer) implements Layer {

  @Override
  public String describe() {
    return "frozen" + layer.describe();
  }

  @Override
  public String group() {
    return "frozen-" + layer.group();
  }

  @Override
  public int inputs() {
    return layer.inputs();
  }

  @Override
  public boolean makesUnits() {
    return layer.makesUnits();
  }

  @Override
  public boolean keepsUnits() {
    return layer.keepsUnits();
  }

  @Override
  public boolean isTrained() {
    return false;
  }

  @Override
  public boolean couplesExamples() {
    return layer.couplesExamples();
  }

  @Override
  public List<Integer> outputShape(List<Integer> input) {
    return layer.outputShape(input);
  }

  @Override
  public List<ParameterSpec> parameters(List<Integer> input) {
    return layer.parameters(input).stream()
        .map(s -> new ParameterSpec(s.name(), s.shape(), new ParameterSpec.Constant(0)))
        .toList();
  }

  @Override
  public Operand<TFloat32> apply(
      Ops tf,
      List<? extends Operand<TFloat32>> inputs,
      List<? extends Operand<TFloat32>> parameters) {
    return layer.apply(tf, inputs, parameters);
  }

  @Override
  public Operand<TFloat32> tangent(Ops tf, LayerPoint at, Direction direction) {
    return layer.tangent(tf, at, direction);
  }

  @Override
  public LayerGradient gradientTangent(
      Ops tf, LayerPoint at, Direction direction, Operand<TFloat32> outputGradientTangent) {
    return layer.gradientTangent(tf, at, direction, outputGradientTangent);
  }

  @Override
  public Operand<TFloat32> gradientGram(Ops tf, LayerPoint rows, LayerPoint columns) {
    return layer.gradientGram(tf, rows, columns);
  }

  @Override
  public long gramNumbers(List<Integer> input) {
    return layer.gramNumbers(input);
  }
}
