package io.limber.numerics.optimizer;

import io.limber.core.config.Section;

/**
 * {@code limber.optimizer.schedule}; {@link LearningRate} has the formulas.
 *
 * @param kind how the rate falls
 * @param warmUpSteps steps in which it first rises to the full rate; 0 for none
 * @param decaySteps steps after the warm-up in which it falls
 * @param finalShare of the full rate that is left then, in [0, 1]
 */
public record ScheduleSettings(Kind kind, int warmUpSteps, int decaySteps, double finalShare) {

  /** How far a float32 counts in steps of one. */
  private static final int LONGEST = 1 << 24;

  /** How the rate falls. */
  public enum Kind {
    CONSTANT,
    LINEAR,
    COSINE
  }

  static ScheduleSettings from(Section optimizer) {
    Section section = optimizer.section("schedule");
    int warmUp = section.integer("warm-up-steps");
    section.require(
        warmUp >= 0 && warmUp < LONGEST,
        "warm-up-steps",
        warmUp,
        "lie in [0, 16777216): a float32 counts the steps");
    int decay = section.integer("decay-steps");
    section.require(
        decay >= 1 && decay <= LONGEST - warmUp,
        "decay-steps",
        decay,
        "lie in [1, 16777216 - warm-up-steps = " + (LONGEST - warmUp) + "]: a float32 counts them");
    double share = section.real("final-share");
    section.require(
        share >= 0 && share <= 1, "final-share", share, "lie in [0, 1]: it is a share of the rate");
    return new ScheduleSettings(section.constant("kind", Kind.class), warmUp, decay, share);
  }

  /** Whether the rate depends on the step. */
  boolean counts() {
    return kind != Kind.CONSTANT || warmUpSteps > 0;
  }
}
