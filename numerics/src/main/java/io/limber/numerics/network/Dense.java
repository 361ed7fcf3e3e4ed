package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Fully connected: x W + b with W [in, out].
 *
 * @param width outputs, at least 1
 */
record Dense(int width) implements Layer {

  @Override
  public String describe() {
    return "dense" + width;
  }

  @Override
  public String group() {
    return "dense";
  }

  @Override
  public List<Integer> outputShape(List<Integer> input) {
    if (input.size() != 1) {
      throw new IllegalArgumentException("a dense layer takes vectors, not " + input);
    }
    return List.of(width);
  }

  @Override
  public List<ParameterSpec> parameters(List<Integer> input) {
    int in = input.get(0);
    return List.of(
        new ParameterSpec("kernel", List.of(in, width), in),
        new ParameterSpec("bias", List.of(width), 0));
  }

  @Override
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
    return tf.nn.biasAdd(tf.linalg.matMul(input, parameters.get(0)), parameters.get(1));
  }
}
