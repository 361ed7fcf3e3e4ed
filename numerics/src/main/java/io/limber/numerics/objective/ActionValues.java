package io.limber.numerics.objective;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.ArgMax;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Which action, and what belongs to it. */
public final class ActionValues {

  private ActionValues() {}

  /** The greedy action of each row of values [n, actions]; ties go to the lowest. */
  public static Operand<TInt32> greedy(Ops tf, Operand<TFloat32> values) {
    ArgMax<TInt32> greedy = tf.math.argMax(values, tf.constant(1), TInt32.class);
    return greedy;
  }

  /** The value [n] of one action per row of values [n, count]. */
  static Operand<TFloat32> of(
      Ops tf, Operand<TFloat32> values, Operand<TInt32> actions, int count) {
    return tf.reduceSum(tf.math.mul(values, mask(tf, actions, count)), tf.constant(1));
  }

  /** 1 at each row's action, else 0: [n, count]. */
  static Operand<TFloat32> mask(Ops tf, Operand<TInt32> actions, int count) {
    return tf.oneHot(actions, tf.constant(count), tf.constant(1f), tf.constant(0f));
  }
}
