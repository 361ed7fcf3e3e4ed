package io.limber.numerics.objective;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Mean over the outputs of the squared distance to the label's one-hot vector: to the reward that
 * each action would have had.
 *
 * @param outputs number of labels
 */
record Regression(int outputs) implements Supervised {

  @Override
  public Operand<TFloat32> losses(
      Ops tf, Operand<TFloat32> values, Operand<TInt32> labels, Operand<TFloat32> targets) {
    return tf.math.mean(tf.math.square(errors(tf, values, labels, targets)), tf.constant(1));
  }

  @Override
  public Operand<TFloat32> gradient(
      Ops tf, Operand<TFloat32> values, Operand<TInt32> labels, Operand<TFloat32> targets) {
    return scaled(tf, errors(tf, values, labels, targets));
  }

  @Override
  public Operand<TFloat32> product(
      Ops tf,
      Operand<TFloat32> values,
      Operand<TInt32> labels,
      Operand<TFloat32> targets,
      Operand<TFloat32> direction) {
    return scaled(tf, direction);
  }

  @Override
  public Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> values, Operand<TInt32> labels) {
    return ActionValues.of(tf, values, labels, outputs);
  }

  private Operand<TFloat32> errors(
      Ops tf, Operand<TFloat32> values, Operand<TInt32> labels, Operand<TFloat32> targets) {
    Operand<TFloat32> oneHot = tf.math.mul(ActionValues.mask(tf, labels, outputs), targets);
    return tf.math.sub(values, oneHot);
  }

  private Operand<TFloat32> scaled(Ops tf, Operand<TFloat32> rows) {
    return tf.math.mul(tf.constant(2f / outputs), rows);
  }
}
