package io.limber.core.metrics;

import java.util.Objects;

/**
 * One value of one metric. Immutable.
 *
 * @param metric what was measured
 * @param step learner updates done when it was true
 * @param value in the metric's unit; NaN or infinite where that is the finding
 */
public record Measurement(Metric metric, long step, double value) {

  public Measurement {
    Objects.requireNonNull(metric);
    if (step < 0) {
      throw new IllegalArgumentException("step = " + step + " must not be negative");
    }
  }
}
