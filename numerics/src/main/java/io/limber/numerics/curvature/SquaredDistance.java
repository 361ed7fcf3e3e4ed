package io.limber.numerics.curvature;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * |f − y|².
 *
 * @param mean divide by the number of outputs
 * @param aroundOwnOutputs y is the given offset plus the outputs as they are at first
 */
record SquaredDistance(boolean mean, boolean aroundOwnOutputs) implements OutputLoss {

  @Override
  public int targetWidth(int outputs) {
    return outputs;
  }

  @Override
  public Operand<TFloat32> fix(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> given) {
    return aroundOwnOutputs ? tf.math.add(outputs, given) : given;
  }

  @Override
  public Operand<TFloat32> rows(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    Operand<TFloat32> squares = tf.math.square(tf.math.sub(outputs, targets));
    return mean ? tf.math.mean(squares, tf.constant(1)) : tf.reduceSum(squares, tf.constant(1));
  }

  @Override
  public Operand<TFloat32> gradient(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    return scaled(tf, tf.math.sub(outputs, targets));
  }

  @Override
  public Operand<TFloat32> product(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets, Operand<TFloat32> direction) {
    return scaled(tf, direction);
  }

  private Operand<TFloat32> scaled(Ops tf, Operand<TFloat32> values) {
    float factor = mean ? 2f / values.shape().get(1) : 2f;
    return tf.math.mul(tf.constant(factor), values);
  }
}
