package io.limber.numerics.curvature;

import io.limber.numerics.objective.Objective;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** An objective's loss, with the action before the objective's targets in each row. */
record ObjectiveLoss(Objective objective) implements OutputLoss {

  @Override
  public int targetWidth(int outputs) {
    return 1 + objective.targetWidth();
  }

  @Override
  public Operand<TFloat32> rows(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    return objective.losses(tf, outputs, actions(tf, targets), rest(tf, targets));
  }

  @Override
  public Operand<TFloat32> gradient(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    return objective.gradient(tf, outputs, actions(tf, targets), rest(tf, targets));
  }

  @Override
  public Operand<TFloat32> product(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets, Operand<TFloat32> direction) {
    return objective.product(tf, outputs, actions(tf, targets), rest(tf, targets), direction);
  }

  private static Operand<TInt32> actions(Ops tf, Operand<TFloat32> targets) {
    Operand<TFloat32> column = columns(tf, targets, 0, 1);
    return tf.dtypes.cast(tf.reshape(column, tf.constant(new int[] {-1})), TInt32.class);
  }

  private Operand<TFloat32> rest(Ops tf, Operand<TFloat32> targets) {
    return columns(tf, targets, 1, objective.targetWidth());
  }

  private static Operand<TFloat32> columns(Ops tf, Operand<TFloat32> targets, int from, int count) {
    return tf.slice(targets, tf.constant(new int[] {0, from}), tf.constant(new int[] {-1, count}));
  }
}
