package io.limber.core.agent;

import io.limber.core.config.Section;

/**
 * Section {@code limber.exploration}: how often an action is random.
 *
 * @param epsilonStart probability in the first step, in [0, 1]
 * @param epsilonEnd probability after the decay, in [0, 1]
 * @param epsilonDecaySteps environment steps of the linear way from one to the other, at least 1
 */
public record ExplorationSettings(double epsilonStart, double epsilonEnd, long epsilonDecaySteps) {

  /**
   * Reads {@code limber.exploration}.
   *
   * @throws io.limber.core.config.InvalidSettingException if a value cannot work
   */
  public static ExplorationSettings from(Section limber) {
    Section exploration = limber.section("exploration");
    long decaySteps = exploration.wholeNumber("epsilon-decay-steps");
    exploration.require(
        decaySteps >= 1,
        "epsilon-decay-steps",
        decaySteps,
        "be at least 1; set epsilon-start to epsilon-end for no decay");
    return new ExplorationSettings(
        probability(exploration, "epsilon-start"),
        probability(exploration, "epsilon-end"),
        decaySteps);
  }

  private static double probability(Section exploration, String key) {
    double value = exploration.real(key);
    exploration.require(value >= 0 && value <= 1, key, value, "be a probability, in [0, 1]");
    return value;
  }

  /**
   * Probability of a random action.
   *
   * @param steps environment steps done so far
   */
  public double epsilon(long steps) {
    if (steps >= epsilonDecaySteps) {
      return epsilonEnd;
    }
    return epsilonStart + (epsilonEnd - epsilonStart) * ((double) steps / epsilonDecaySteps);
  }
}
