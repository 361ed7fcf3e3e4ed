package io.limber.numerics.objective;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Learning labels, which come as the actions of transitions. The one target is 1: what is predicted
 * of the label, its probability or its output, ought to be 1. Neither s_t nor discounts matter.
 */
interface Supervised extends Objective {

  @Override
  default int targetWidth() {
    return 1;
  }

  @Override
  default boolean needsTargetNext() {
    return false;
  }

  @Override
  default boolean needsOnlineNext() {
    return false;
  }

  @Override
  default Operand<TFloat32> targets(
      Ops tf,
      Operand<TFloat32> rT,
      Operand<TFloat32> discountT,
      Operand<TFloat32> targetNext,
      Operand<TFloat32> onlineNext) {
    return tf.expandDims(tf.onesLike(rT), tf.constant(1));
  }

  @Override
  default Operand<TFloat32> targetValues(Ops tf, Operand<TFloat32> targets) {
    return tf.reduceSum(targets, tf.constant(1));
  }
}
