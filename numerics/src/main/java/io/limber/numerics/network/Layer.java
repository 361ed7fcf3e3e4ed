package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * One kind of layer. Shapes are those of one example, without the batch axis. A layer with several
 * inputs takes them in equal shapes; most have one and are a {@link UnaryLayer}.
 */
public interface Layer {

  /** Short name for architecture strings, for instance {@code dense512}. */
  String describe();

  /** Name of its parameters' group, for instance {@code dense}; unused if it has none. */
  default String group() {
    return describe();
  }

  /** How many inputs it takes. */
  default int inputs() {
    return 1;
  }

  /** Whether its outputs are what statistics of hidden units look at. */
  default boolean isNonlinearity() {
    return false;
  }

  /**
   * Whether its parameters begin with a kernel that makes units: [in, units], or [height, width,
   * in, units] for a convolution.
   */
  default boolean makesUnits() {
    return false;
  }

  /**
   * Whether the units on the input's last axis stay apart and in their order: what it gives at
   * place r of its last axis is of unit r mod units, as with a flattened image.
   */
  default boolean keepsUnits() {
    return false;
  }

  /** Whether an optimiser trains its parameters; otherwise they change by intervention only. */
  default boolean isTrained() {
    return true;
  }

  /**
   * Whether an example's output depends on the other examples of the batch, so that there are no
   * gradients of single examples.
   */
  default boolean couplesExamples() {
    return false;
  }

  /**
   * Shape of the output.
   *
   * @param input of each input
   * @throws IllegalArgumentException if the layer cannot take {@code input}
   */
  List<Integer> outputShape(List<Integer> input);

  /** What it learns, for inputs of shape {@code input}; empty by default. */
  default List<ParameterSpec> parameters(List<Integer> input) {
    return List.of();
  }

  /**
   * The output.
   *
   * @param inputs each [batch, …]
   * @param parameters as in {@link #parameters}
   * @return [batch, …]
   */
  Operand<TFloat32> apply(
      Ops tf,
      List<? extends Operand<TFloat32>> inputs,
      List<? extends Operand<TFloat32>> parameters);

  /** Whether {@link #applyInTraining} draws random numbers. */
  default boolean drawsInTraining() {
    return false;
  }

  /**
   * The output in a training update; by default as always.
   *
   * @param seed [2]; equal seeds give equal numbers
   */
  default Operand<TFloat32> applyInTraining(
      Ops tf,
      List<? extends Operand<TFloat32>> inputs,
      List<? extends Operand<TFloat32>> parameters,
      Operand<TInt64> seed) {
    return apply(tf, inputs, parameters);
  }

  /**
   * How the output moves, to first order, when inputs and parameters move along {@code direction}.
   * By default from {@link #apply} by differentiating twice; rules of a layer's own are faster.
   *
   * @return [batch, …]
   */
  default Operand<TFloat32> tangent(Ops tf, LayerPoint at, Direction direction) {
    return new DoubleBackward(tf, this, at, direction).tangent();
  }

  /**
   * How the loss's gradient with respect to inputs and parameters moves when these move along
   * {@code direction} and the gradient with respect to the output by {@code outputGradientTangent}.
   * By default as for {@link #tangent}.
   *
   * @return with null for each input that the direction does not move
   */
  default LayerGradient gradientTangent(
      Ops tf, LayerPoint at, Direction direction, Operand<TFloat32> outputGradientTangent) {
    return new DoubleBackward(tf, this, at, direction).gradientTangent(outputGradientTangent);
  }

  /**
   * Inner products of the gradients, with respect to the parameters, of one group of examples and
   * another. A layer with parameters has a rule of its own.
   *
   * @return [rows, columns]
   * @throws IllegalStateException if the layer has none
   */
  default Operand<TFloat32> gradientGram(Ops tf, LayerPoint rows, LayerPoint columns) {
    throw new IllegalStateException(describe() + " has no rule for inner products of gradients");
  }

  /** Numbers that {@link #gradientGram} holds at once per example, for inputs of that shape. */
  default long gramNumbers(List<Integer> input) {
    return 0;
  }
}
