package io.limber.numerics.objective;

import io.limber.numerics.network.Network;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The cross-entropy of the distribution of Q(s_tm1, a_tm1), given by logits per action, to a target
 * distribution over the same support. Action values are its means.
 *
 * @param settings which variant
 * @param actions number of actions
 */
record CategoricalValues(ObjectiveSettings settings, int actions) implements Objective {

  @Override
  public int outputs() {
    return actions * targetWidth();
  }

  @Override
  public int targetWidth() {
    return support().bins();
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
  public Network agent(Network architecture) {
    return architecture.followedBy(new ExpectedValue(actions, support()));
  }

  @Override
  public Network learned(Network agent) {
    return agent.upTo(agent.stages().size() - 1);
  }

  @Override
  public Operand<TFloat32> targets(
      Ops tf,
      Operand<TFloat32> rT,
      Operand<TFloat32> discountT,
      Operand<TFloat32> targetNext,
      Operand<TFloat32> onlineNext) {
    Operand<TFloat32> probabilities = tf.nn.softmax(support().perAction(tf, targetNext, actions));
    Operand<TFloat32> chooser =
        needsOnlineNext()
            ? tf.nn.softmax(support().perAction(tf, onlineNext, actions))
            : probabilities;
    Operand<TInt32> next = ActionValues.greedy(tf, support().mean(tf, chooser));
    Operand<TFloat32> gamma = tf.math.mul(tf.constant((float) settings.discount()), discountT);
    return tf.stopGradient(projected(tf, rT, gamma, taken(tf, probabilities, next)));
  }

  /**
   * @param gamma [n]
   * @param next the distribution of the bootstrap action [n, bins]
   */
  private Operand<TFloat32> projected(
      Ops tf, Operand<TFloat32> rT, Operand<TFloat32> gamma, Operand<TFloat32> next) {
    CategoricalSettings categorical = settings.categorical();
    return switch (categorical.projection()) {
      case TWO_HOT -> TargetDistribution.twoHot(tf, support(), mean(tf, rT, gamma, next));
      case HL_GAUSS ->
          TargetDistribution.gaussian(
              tf, support(), mean(tf, rT, gamma, next), categorical.sigma());
      case C51 -> TargetDistribution.projected(tf, support(), returns(tf, rT, gamma), next);
    };
  }

  private Operand<TFloat32> mean(
      Ops tf, Operand<TFloat32> rT, Operand<TFloat32> gamma, Operand<TFloat32> next) {
    return tf.math.add(rT, tf.math.mul(gamma, support().mean(tf, next)));
  }

  /** Every return r + γ zⱼ [n, bins]. */
  private Operand<TFloat32> returns(Ops tf, Operand<TFloat32> rT, Operand<TFloat32> gamma) {
    return tf.math.add(
        tf.expandDims(rT, tf.constant(1)),
        tf.math.mul(tf.expandDims(gamma, tf.constant(1)), support().values(tf)));
  }

  @Override
  public Operand<TFloat32> losses(
      Ops tf, Operand<TFloat32> outputs, Operand<TInt32> taken, Operand<TFloat32> targets) {
    return CrossEntropy.rows(tf, logits(tf, outputs, taken), targets);
  }

  @Override
  public Operand<TFloat32> gradient(
      Ops tf, Operand<TFloat32> outputs, Operand<TInt32> taken, Operand<TFloat32> targets) {
    return placed(tf, CrossEntropy.gradient(tf, logits(tf, outputs, taken), targets), taken);
  }

  @Override
  public Operand<TFloat32> product(
      Ops tf,
      Operand<TFloat32> outputs,
      Operand<TInt32> taken,
      Operand<TFloat32> targets,
      Operand<TFloat32> direction) {
    return placed(
        tf,
        CrossEntropy.product(tf, logits(tf, outputs, taken), logits(tf, direction, taken)),
        taken);
  }

  @Override
  public Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs, Operand<TInt32> taken) {
    return support().mean(tf, tf.nn.softmax(logits(tf, outputs, taken)));
  }

  @Override
  public Operand<TFloat32> targetValues(Ops tf, Operand<TFloat32> targets) {
    return support().mean(tf, targets);
  }

  private Operand<TFloat32> logits(Ops tf, Operand<TFloat32> outputs, Operand<TInt32> taken) {
    return taken(tf, support().perAction(tf, outputs, actions), taken);
  }

  /** The row of each taken action [n, bins] among {@code all} [n, actions, bins]. */
  private Operand<TFloat32> taken(Ops tf, Operand<TFloat32> all, Operand<TInt32> taken) {
    return tf.reduceSum(tf.math.mul(all, mask(tf, taken)), tf.constant(1));
  }

  /** The inverse of {@link #logits}, with zeros for actions not taken. */
  private Operand<TFloat32> placed(Ops tf, Operand<TFloat32> rows, Operand<TInt32> taken) {
    return tf.reshape(
        tf.math.mul(tf.expandDims(rows, tf.constant(1)), mask(tf, taken)),
        tf.constant(new int[] {-1, outputs()}));
  }

  /** [n, actions, 1]. */
  private Operand<TFloat32> mask(Ops tf, Operand<TInt32> taken) {
    return tf.expandDims(ActionValues.mask(tf, taken, actions), tf.constant(2));
  }

  private Support support() {
    return settings.categorical().support();
  }
}
