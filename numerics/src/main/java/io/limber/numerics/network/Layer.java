package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** One kind of layer. Shapes are those of one example, without the batch axis. */
public interface Layer {

  /** Short name for architecture strings, for instance {@code dense512}. */
  String describe();

  /** Name of its parameters' group, for instance {@code dense}; unused if it has none. */
  default String group() {
    return describe();
  }

  /**
   * Shape of the output.
   *
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
   * @param input [batch, …]
   * @param parameters as in {@link #parameters}
   * @return [batch, …]
   */
  Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters);
}
