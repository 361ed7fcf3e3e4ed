package io.limber.actors.run;

/** How the actors of a run keep step. */
public enum RunMode {
  /** Everything at its own pace. */
  ASYNC,
  /** A pure function of config and seed, bit for bit, on a CPU. */
  LOCKSTEP
}
