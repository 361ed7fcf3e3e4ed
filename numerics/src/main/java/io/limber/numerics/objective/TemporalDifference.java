package io.limber.numerics.objective;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.ArgMax;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The TD error of scalar action values and its loss.
 *
 * @param settings which variant
 * @param actions number of actions
 */
public record TemporalDifference(ObjectiveSettings settings, int actions) {

  /** Whether {@link #bootstrap} needs the online network's values of s_t. */
  public boolean needsOnlineNextValues() {
    return settings.kind() == ObjectiveSettings.Kind.DOUBLE_DQN;
  }

  /**
   * The target r_t + γ discount_t Q'(s_t, a'), a constant for the gradient.
   *
   * @param rT rewards [batch]
   * @param discountT 0 after a terminated step, else 1 [batch]
   * @param targetNext the target network's values of s_t [batch, actions]
   * @param onlineNext the online network's values of s_t [batch, actions]; null unless {@link
   *     #needsOnlineNextValues()}
   * @return [batch]
   */
  public Operand<TFloat32> bootstrap(
      Ops tf,
      Operand<TFloat32> rT,
      Operand<TFloat32> discountT,
      Operand<TFloat32> targetNext,
      Operand<TFloat32> onlineNext) {
    Operand<TFloat32> value =
        needsOnlineNextValues()
            ? valueOf(tf, targetNext, greedy(tf, onlineNext))
            : tf.reduceMax(targetNext, tf.constant(1));
    Operand<TFloat32> gamma = tf.constant((float) settings.discount());
    return tf.stopGradient(tf.math.add(rT, tf.math.mul(tf.math.mul(gamma, discountT), value)));
  }

  /**
   * The value of one action per row.
   *
   * @param values [batch, actions]
   * @param actions [batch]
   * @return [batch]
   */
  public Operand<TFloat32> valueOf(Ops tf, Operand<TFloat32> values, Operand<TInt32> actions) {
    Operand<TFloat32> mask =
        tf.oneHot(actions, tf.constant(this.actions), tf.constant(1f), tf.constant(0f));
    return tf.reduceSum(tf.math.mul(values, mask), tf.constant(1));
  }

  /** The greedy action of each row; ties go to the lowest. */
  public static Operand<TInt32> greedy(Ops tf, Operand<TFloat32> values) {
    ArgMax<TInt32> greedy = tf.math.argMax(values, tf.constant(1), TInt32.class);
    return greedy;
  }

  /** The mean loss over the batch, a scalar, of predictions and targets [batch]. */
  public Operand<TFloat32> loss(Ops tf, Operand<TFloat32> prediction, Operand<TFloat32> target) {
    return tf.math.mean(losses(tf, prediction, target), tf.constant(0));
  }

  /** The loss of each row [batch] of predictions and targets [batch]. */
  public Operand<TFloat32> losses(Ops tf, Operand<TFloat32> prediction, Operand<TFloat32> target) {
    Operand<TFloat32> error = tf.math.sub(prediction, target);
    return switch (settings.loss()) {
      case SQUARED -> tf.math.square(error);
      case HUBER -> huber(tf, error);
    };
  }

  /** With c = min(|δ|, κ): c (|δ| − c/2), which is both branches in one. */
  private Operand<TFloat32> huber(Ops tf, Operand<TFloat32> error) {
    Operand<TFloat32> size = tf.math.abs(error);
    Operand<TFloat32> clipped =
        tf.math.minimum(size, tf.constant((float) settings.huberThreshold()));
    return tf.math.mul(clipped, tf.math.sub(size, tf.math.mul(tf.constant(0.5f), clipped)));
  }
}
