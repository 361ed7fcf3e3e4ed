package io.limber.numerics.objective;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The squared or Huber loss of the TD error δ = Q(s_tm1, a_tm1) − y with y = r_t + γ discount_t
 * Q'(s_t, a') (eq 1 of Lyle et al. 2023).
 *
 * @param settings which variant
 * @param outputs number of actions
 */
record ScalarValues(ObjectiveSettings settings, int outputs) implements Objective {

  @Override
  public int targetWidth() {
    return 1;
  }

  @Override
  public boolean needsTargetNext() {
    return true;
  }

  @Override
  public boolean needsOnlineNext() {
    return settings.kind() == ObjectiveSettings.Kind.DOUBLE_DQN;
  }

  @Override
  public Operand<TFloat32> targets(
      Ops tf,
      Operand<TFloat32> rT,
      Operand<TFloat32> discountT,
      Operand<TFloat32> targetNext,
      Operand<TFloat32> onlineNext) {
    Operand<TFloat32> value =
        needsOnlineNext()
            ? ActionValues.of(tf, targetNext, ActionValues.greedy(tf, onlineNext), outputs)
            : tf.reduceMax(targetNext, tf.constant(1));
    Operand<TFloat32> gamma = tf.constant((float) settings.discount());
    Operand<TFloat32> y = tf.math.add(rT, tf.math.mul(tf.math.mul(gamma, discountT), value));
    return tf.expandDims(tf.stopGradient(y), tf.constant(1));
  }

  @Override
  public Operand<TFloat32> losses(
      Ops tf, Operand<TFloat32> values, Operand<TInt32> actions, Operand<TFloat32> targets) {
    Operand<TFloat32> error =
        tf.math.sub(predictions(tf, values, actions), targetValues(tf, targets));
    return switch (settings.loss()) {
      case SQUARED -> tf.math.square(error);
      case HUBER -> huber(tf, error);
    };
  }

  /** With c = min(|δ|, κ): c (|δ| − c/2), which is both branches in one. */
  private Operand<TFloat32> huber(Ops tf, Operand<TFloat32> error) {
    Operand<TFloat32> size = tf.math.abs(error);
    Operand<TFloat32> clipped = tf.math.minimum(size, tf.constant(threshold()));
    return tf.math.mul(clipped, tf.math.sub(size, tf.math.mul(tf.constant(0.5f), clipped)));
  }

  @Override
  public Operand<TFloat32> gradient(
      Ops tf, Operand<TFloat32> values, Operand<TInt32> actions, Operand<TFloat32> targets) {
    Operand<TFloat32> errors = tf.math.sub(values, targets);
    Operand<TFloat32> slopes =
        switch (settings.loss()) {
          case SQUARED -> tf.math.mul(tf.constant(2f), errors);
          case HUBER -> tf.clipByValue(errors, tf.constant(-threshold()), tf.constant(threshold()));
        };
    return tf.math.mul(slopes, ActionValues.mask(tf, actions, outputs));
  }

  @Override
  public Operand<TFloat32> product(
      Ops tf,
      Operand<TFloat32> values,
      Operand<TInt32> actions,
      Operand<TFloat32> targets,
      Operand<TFloat32> direction) {
    Operand<TFloat32> curved =
        switch (settings.loss()) {
          case SQUARED -> tf.math.mul(tf.constant(2f), direction);
          case HUBER -> tf.math.mul(inside(tf, tf.math.sub(values, targets)), direction);
        };
    return tf.math.mul(curved, ActionValues.mask(tf, actions, outputs));
  }

  /** 1 where huber is a parabola, 0 where it is straight. */
  private Operand<TFloat32> inside(Ops tf, Operand<TFloat32> errors) {
    return tf.dtypes.cast(
        tf.math.lessEqual(tf.math.abs(errors), tf.constant(threshold())), TFloat32.class);
  }

  @Override
  public Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> values, Operand<TInt32> actions) {
    return ActionValues.of(tf, values, actions, outputs);
  }

  @Override
  public Operand<TFloat32> targetValues(Ops tf, Operand<TFloat32> targets) {
    return tf.reduceSum(targets, tf.constant(1));
  }

  private float threshold() {
    return (float) settings.huberThreshold();
  }
}
