package io.limber.numerics.curvature;

import io.limber.numerics.objective.ObjectiveSettings;
import io.limber.numerics.objective.TemporalDifference;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The loss of δ = f(s)[a] − y, with targets (a, y) per row. */
record TemporalDifferenceLoss(ObjectiveSettings objective) implements OutputLoss {

  @Override
  public int targetWidth(int outputs) {
    return 2;
  }

  @Override
  public Operand<TFloat32> rows(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    TemporalDifference rule = new TemporalDifference(objective, actions(outputs));
    return rule.losses(tf, rule.valueOf(tf, outputs, taken(tf, targets)), column(tf, targets, 1));
  }

  @Override
  public Operand<TFloat32> gradient(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    Operand<TFloat32> errors = errors(tf, outputs, targets);
    Operand<TFloat32> slopes =
        switch (objective.loss()) {
          case SQUARED -> tf.math.mul(tf.constant(2f), errors);
          case HUBER -> tf.clipByValue(errors, tf.constant(-threshold()), tf.constant(threshold()));
        };
    return tf.math.mul(slopes, mask(tf, outputs, targets));
  }

  @Override
  public Operand<TFloat32> product(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets, Operand<TFloat32> direction) {
    Operand<TFloat32> curved =
        switch (objective.loss()) {
          case SQUARED -> tf.math.mul(tf.constant(2f), direction);
          case HUBER -> tf.math.mul(inside(tf, errors(tf, outputs, targets)), direction);
        };
    return tf.math.mul(curved, mask(tf, outputs, targets));
  }

  /** 1 where huber is a parabola, 0 where it is straight. */
  private Operand<TFloat32> inside(Ops tf, Operand<TFloat32> errors) {
    return tf.dtypes.cast(
        tf.math.lessEqual(tf.math.abs(errors), tf.constant(threshold())), TFloat32.class);
  }

  /** f − y in every column; those of actions not taken mean nothing. */
  private static Operand<TFloat32> errors(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    return tf.math.sub(outputs, tf.expandDims(column(tf, targets, 1), tf.constant(1)));
  }

  private static Operand<TFloat32> mask(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    return tf.oneHot(
        taken(tf, targets), tf.constant(actions(outputs)), tf.constant(1f), tf.constant(0f));
  }

  private static Operand<TInt32> taken(Ops tf, Operand<TFloat32> targets) {
    return tf.dtypes.cast(column(tf, targets, 0), TInt32.class);
  }

  private static Operand<TFloat32> column(Ops tf, Operand<TFloat32> targets, int index) {
    return tf.stridedSlice(targets, Indices.all(), Indices.at(index));
  }

  private static int actions(Operand<TFloat32> outputs) {
    return (int) outputs.shape().get(1);
  }

  private float threshold() {
    return (float) objective.huberThreshold();
  }
}
