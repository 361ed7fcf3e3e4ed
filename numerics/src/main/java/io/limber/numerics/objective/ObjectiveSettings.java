package io.limber.numerics.objective;

import io.limber.core.config.Section;

/**
 * {@code limber.objective}.
 *
 * @param kind how the bootstrap action is chosen
 * @param loss of the TD error
 * @param huberThreshold where huber turns linear, in units of return
 * @param discount gamma, in [0, 1)
 */
public record ObjectiveSettings(Kind kind, Loss loss, double huberThreshold, double discount) {

  /** How the bootstrap action is chosen. */
  public enum Kind {
    /** Greedy by the target network (Mnih et al. 2015). */
    DQN,
    /** Greedy by the online network, valued by the target network (van Hasselt et al. 2016). */
    DOUBLE_DQN
  }

  /** What is made of the TD error δ. */
  public enum Loss {
    /** δ² (Lyle et al. 2023, eq 1). */
    SQUARED,
    /** δ²/2 up to the threshold κ, κ (|δ| − κ/2) beyond (Huber 1964). */
    HUBER
  }

  /** Reads and checks the section. */
  public static ObjectiveSettings from(Section limber) {
    Section section = limber.section("objective");
    double threshold = section.real("huber-threshold");
    section.require(
        threshold > 0, "huber-threshold", threshold, "be positive, or every gradient is zero");
    double discount = section.real("discount");
    section.require(
        discount >= 0 && discount < 1,
        "discount",
        discount,
        "lie in [0, 1): the block MDPs never terminate, so returns would be infinite");
    return new ObjectiveSettings(
        section.constant("kind", Kind.class),
        section.constant("loss", Loss.class),
        threshold,
        discount);
  }
}
