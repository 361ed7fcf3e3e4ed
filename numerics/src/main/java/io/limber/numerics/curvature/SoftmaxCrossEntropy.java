package io.limber.numerics.curvature;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/** −Σ p log s with s = softmax(f): gradient s − p, Hessian diag(s) − s s′. */
record SoftmaxCrossEntropy() implements OutputLoss {

  @Override
  public int targetWidth(int outputs) {
    return outputs;
  }

  @Override
  public Operand<TFloat32> rows(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    return tf.math.neg(
        tf.reduceSum(tf.math.mul(targets, tf.nn.logSoftmax(outputs)), tf.constant(1)));
  }

  @Override
  public Operand<TFloat32> gradient(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    return tf.math.sub(tf.nn.softmax(outputs), targets);
  }

  @Override
  public Operand<TFloat32> product(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets, Operand<TFloat32> direction) {
    Operand<TFloat32> s = tf.nn.softmax(outputs);
    Operand<TFloat32> mean =
        tf.reduceSum(tf.math.mul(s, direction), tf.constant(1), ReduceSum.keepDims(true));
    return tf.math.mul(s, tf.math.sub(direction, mean));
  }
}
