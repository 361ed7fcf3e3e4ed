package io.limber.numerics.probe;

/** A loss that a probe looks at. */
public enum LossKind {
  /**
   * The loss of the main task, for instance the TD loss (eq 1). A TD loss bootstraps with the
   * target network where the snapshot holds it, else with the online network.
   */
  TD,
  /** Squared distance to the snapshot's own outputs plus N(0, 1) noise (appendix A.1). */
  CURVATURE,
  /** Mean squared error to the first target function of the plasticity probe (eq 4). */
  PROBE
}
