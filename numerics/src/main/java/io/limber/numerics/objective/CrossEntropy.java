package io.limber.numerics.objective;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * −Σ p log s with s = softmax(f), of logits f and probabilities p [n, m] that sum to one: gradient
 * s − p, Hessian diag(s) − s s′.
 */
final class CrossEntropy {

  private CrossEntropy() {}

  /** [n]. */
  static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> logits, Operand<TFloat32> probabilities) {
    return tf.math.neg(
        tf.reduceSum(tf.math.mul(probabilities, tf.nn.logSoftmax(logits)), tf.constant(1)));
  }

  /** [n, m]. */
  static Operand<TFloat32> gradient(
      Ops tf, Operand<TFloat32> logits, Operand<TFloat32> probabilities) {
    return tf.math.sub(tf.nn.softmax(logits), probabilities);
  }

  /** The Hessian times {@code direction}, each [n, m]. */
  static Operand<TFloat32> product(Ops tf, Operand<TFloat32> logits, Operand<TFloat32> direction) {
    Operand<TFloat32> s = tf.nn.softmax(logits);
    Operand<TFloat32> mean =
        tf.reduceSum(tf.math.mul(s, direction), tf.constant(1), ReduceSum.keepDims(true));
    return tf.math.mul(s, tf.math.sub(direction, mean));
  }
}
