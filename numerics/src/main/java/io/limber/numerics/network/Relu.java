package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** max(x, 0), element by element. */
record Relu() implements Layer {

  @Override
  public String describe() {
    return "relu";
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
}
