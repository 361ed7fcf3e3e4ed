package io.limber.numerics.probe;

/** A loss that a probe looks at. */
public enum LossKind {
  /**
   * The loss of the main task, for instance the TD loss (eq 1). It bootstraps with the snapshot's
   * own parameters, the only ones that a snapshot holds: those of the target network right after a
   * synchronisation.
   */
  TD,
  /** Squared distance to the snapshot's own outputs plus N(0, 1) noise (appendix A.1). */
  CURVATURE,
  /** Mean squared error to the first target function of the plasticity probe (eq 4). */
  PROBE
}
