package io.limber.actors.learner;

import io.limber.core.config.Section;

/**
 * What happens when the loss is NaN or infinite: the keys {@code limber.learner.on-non-finite} and
 * {@code limber.learner.roll-back}.
 *
 * @param maxRollbacks how often a run may be rolled back to a checkpoint; 0 where the policy is to
 *     stop
 * @param learningRateFactor multiplies the learning rate at each, in (0, 1]
 * @param resetOptimizer whether the optimiser starts anew
 */
public record DivergenceSettings(
    int maxRollbacks, double learningRateFactor, boolean resetOptimizer) {

  private enum Policy {
    STOP,
    ROLL_BACK
  }

  /**
   * Reads the keys.
   *
   * @throws io.limber.core.config.InvalidSettingException if a value cannot work
   */
  public static DivergenceSettings from(Section limber) {
    Section learner = limber.section("learner");
    Policy policy = learner.constant("on-non-finite", Policy.class);
    Section rollBack = learner.section("roll-back");
    int most = rollBack.integer("max-rollbacks");
    rollBack.require(
        most >= 1, "max-rollbacks", most, "be at least 1; on-non-finite = stop never rolls back");
    double factor = rollBack.real("learning-rate-factor");
    rollBack.require(
        factor > 0 && factor <= 1,
        "learning-rate-factor",
        factor,
        "lie in (0, 1]: a larger step would diverge again");
    return new DivergenceSettings(
        policy == Policy.STOP ? 0 : most, factor, rollBack.bool("reset-optimizer"));
  }
}
