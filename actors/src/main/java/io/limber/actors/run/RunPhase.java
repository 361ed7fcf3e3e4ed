package io.limber.actors.run;

/** Where a run is, in this order; a run that fails goes on with {@link #FLUSHING}. */
enum RunPhase {
  IDLE,
  TRAINING,
  /** Measurements under way may finish. */
  MEASURING,
  EVALUATING,
  /** The actors stop, the metrics actor last. */
  FLUSHING,
  /** Sinks and native things close. */
  CLOSING
}
