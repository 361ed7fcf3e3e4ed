package io.limber.numerics.agent;

import java.util.Locale;

/** Whose parameters the probes of a run measure. */
enum Trajectory {
  /** The learner's. */
  GRADIENT,
  /** Those of a {@link CoupledWalk} beside it. */
  BROWNIAN;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
