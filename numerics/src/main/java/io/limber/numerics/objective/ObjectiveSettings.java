package io.limber.numerics.objective;

import io.limber.core.config.Section;

/**
 * {@code limber.objective}.
 *
 * @param kind what is learned
 * @param output what the network gives per action
 * @param loss of the TD error of scalar outputs
 * @param huberThreshold where huber turns linear, in units of return
 * @param discount gamma, in [0, 1); not looked at by supervised kinds
 * @param categorical of categorical outputs
 */
public record ObjectiveSettings(
    Kind kind,
    Output output,
    Loss loss,
    double huberThreshold,
    double discount,
    CategoricalSettings categorical) {

  /** What is learned: action values by how the bootstrap action is chosen, or labels. */
  public enum Kind {
    /** Greedy by the target network (Mnih et al. 2015). */
    DQN,
    /** Greedy by the online network, valued by the target network (van Hasselt et al. 2016). */
    DOUBLE_DQN,
    /** The label, as the action of the transition; softmax cross-entropy. */
    CLASSIFICATION,
    /** The label as above; squared distance to its one-hot vector. */
    REGRESSION;

    /** Whether there is no bootstrap: the action of a transition is the label of s_tm1. */
    public boolean isSupervised() {
      return this == CLASSIFICATION || this == REGRESSION;
    }
  }

  /** What the network gives per action. */
  public enum Output {
    /** One number, the value. */
    SCALAR,
    /** Logits of a distribution over fixed values; the value is its mean. */
    CATEGORICAL
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
    Kind kind = section.constant("kind", Kind.class);
    Output output = output(section, kind);
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
        kind,
        output,
        loss(section, kind, output),
        threshold,
        discount,
        CategoricalSettings.from(section));
  }

  private static Output output(Section section, Kind kind) {
    Output output = section.constant("output", Output.class);
    section.require(
        output == Output.SCALAR || !kind.isSupervised(),
        "output",
        Section.kebab(output),
        "be scalar with kind = " + Section.kebab(kind) + ": there are no returns to distribute");
    return output;
  }

  private static Loss loss(Section section, Kind kind, Output output) {
    Loss loss = section.constant("loss", Loss.class);
    boolean ofErrors = output == Output.SCALAR && !kind.isSupervised();
    String why =
        output == Output.CATEGORICAL ? "output = categorical" : "kind = " + Section.kebab(kind);
    section.require(
        loss == Loss.SQUARED || ofErrors,
        "loss",
        Section.kebab(loss),
        "be left at squared with " + why + ", which has a loss of its own");
    return loss;
  }
}
