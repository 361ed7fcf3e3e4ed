package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * Fully connected: x W + b with W [in, out].
 *
 * @param width outputs, at least 1
 */
record Dense(int width) implements UnaryLayer {

  @Override
  public String describe() {
    return "dense" + width;
  }

  @Override
  public String group() {
    return "dense";
  }

  @Override
  public boolean makesUnits() {
    return true;
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
    return List.of(ParameterSpec.kernel(List.of(in, width), in), ParameterSpec.bias(width));
  }

  @Override
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
    return tf.nn.biasAdd(tf.linalg.matMul(input, parameters.get(0)), parameters.get(1));
  }

  @Override
  public Operand<TFloat32> tangent(Ops tf, LayerPoint at, Direction direction) {
    Operand<TFloat32> own = apply(tf, at.input(), direction.parameters());
    return direction.input() == null
        ? own
        : tf.math.add(own, tf.linalg.matMul(direction.input(), at.parameters().get(0)));
  }

  @Override
  public LayerGradient gradientTangent(
      Ops tf, LayerPoint at, Direction direction, Operand<TFloat32> outputGradientTangent) {
    Operand<TFloat32> kernel =
        tf.linalg.matMul(at.input(), outputGradientTangent, MatMul.transposeA(true));
    Operand<TFloat32> bias = tf.nn.biasAddGrad(outputGradientTangent);
    if (direction.input() == null) {
      return LayerGradient.of(null, List.of(kernel, bias));
    }
    Operand<TFloat32> delta = at.outputGradient();
    return LayerGradient.of(
        tf.math.add(
            back(tf, outputGradientTangent, at.parameters().get(0)),
            back(tf, delta, direction.parameters().get(0))),
        List.of(
            tf.math.add(
                kernel, tf.linalg.matMul(direction.input(), delta, MatMul.transposeA(true))),
            bias));
  }

  private static Operand<TFloat32> back(Ops tf, Operand<TFloat32> delta, Operand<TFloat32> kernel) {
    return tf.linalg.matMul(delta, kernel, MatMul.transposeB(true));
  }

  /** (x·x′ + 1)(δ·δ′): the gradient of an example is the outer product of (x, 1) and δ. */
  @Override
  public Operand<TFloat32> gradientGram(Ops tf, LayerPoint rows, LayerPoint columns) {
    return tf.math.mul(
        tf.math.add(back(tf, rows.input(), columns.input()), tf.constant(1f)),
        back(tf, rows.outputGradient(), columns.outputGradient()));
  }
}
