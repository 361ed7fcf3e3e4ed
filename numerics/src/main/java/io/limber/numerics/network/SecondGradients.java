package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;
import org.tensorflow.types.TFloat32;

/**
 * Gradients of gradient operations that TensorFlow's graph lacks. The operations here have inputs
 * (y, dy) and the output dy·f(y), so their gradient is (dy·f′(y)·g, f(y)·g).
 */
final class SecondGradients {

  private SecondGradients() {}

  /** Registers what is not registered yet, for the process. */
  static void register() {
    // f = 1 − y²
    TensorFlow.registerCustomGradient("TanhGrad", scaled((tf, y) -> times(tf, -2, y)));
    // f = y (1 − y)
    TensorFlow.registerCustomGradient(
        "SigmoidGrad", scaled((tf, y) -> tf.math.sub(tf.constant(1f), times(tf, 2, y))));
    // f = −y³/2
    TensorFlow.registerCustomGradient(
        "RsqrtGrad", scaled((tf, y) -> times(tf, -1.5f, tf.math.square(y))));
  }

  private interface Slope {
    Operand<TFloat32> at(Ops tf, Operand<TFloat32> y);
  }

  private static RawCustomGradient scaled(Slope slope) {
    return (tf, op, gradInputs) -> {
      Operand<TFloat32> y = input(op, 0);
      Operand<TFloat32> dy = input(op, 1);
      Operand<TFloat32> g = asFloats(gradInputs.get(0));
      Operand<TFloat32> byY = tf.math.mul(tf.math.mul(g, dy), slope.at(tf, y));
      return List.of(byY, again(tf, op, y, g));
    };
  }

  /** The operation itself on (y, g): f(y)·g. */
  private static Operand<TFloat32> again(
      Ops tf, GraphOperation op, Operand<TFloat32> y, Operand<TFloat32> g) {
    return asFloats(
        tf.scope()
            .opBuilder(op.type(), op.type())
            .addInput(y.asOutput())
            .addInput(g.asOutput())
            .build()
            .output(0));
  }

  private static Operand<TFloat32> times(Ops tf, float factor, Operand<TFloat32> y) {
    return tf.math.mul(tf.constant(factor), y);
  }

  private static Operand<TFloat32> input(GraphOperation op, int index) {
    return asFloats(op.input(index));
  }

  private static Output<TFloat32> asFloats(Output<?> output) {
    return output.expect(TFloat32.class);
  }
}
