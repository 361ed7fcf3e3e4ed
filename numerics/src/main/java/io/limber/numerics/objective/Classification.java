package io.limber.numerics.objective;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Softmax cross-entropy to the label. Action values are the logits, so the greedy action is the
 * most probable label.
 *
 * @param outputs number of labels
 */
record Classification(int outputs) implements Supervised {

  @Override
  public Operand<TFloat32> losses(
      Ops tf, Operand<TFloat32> logits, Operand<TInt32> labels, Operand<TFloat32> targets) {
    return CrossEntropy.rows(tf, logits, oneHot(tf, labels, targets));
  }

  @Override
  public Operand<TFloat32> gradient(
      Ops tf, Operand<TFloat32> logits, Operand<TInt32> labels, Operand<TFloat32> targets) {
    return CrossEntropy.gradient(tf, logits, oneHot(tf, labels, targets));
  }

  @Override
  public Operand<TFloat32> product(
      Ops tf,
      Operand<TFloat32> logits,
      Operand<TInt32> labels,
      Operand<TFloat32> targets,
      Operand<TFloat32> direction) {
    return CrossEntropy.product(tf, logits, direction);
  }

  @Override
  public Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> logits, Operand<TInt32> labels) {
    return ActionValues.of(tf, tf.nn.softmax(logits), labels, outputs);
  }

  private Operand<TFloat32> oneHot(Ops tf, Operand<TInt32> labels, Operand<TFloat32> targets) {
    return tf.math.mul(ActionValues.mask(tf, labels, outputs), targets);
  }
}
