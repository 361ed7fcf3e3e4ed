package io.limber.streams.alert;

import java.time.Instant;

/**
 * One rule over one source, and whether it fires. Immutable.
 *
 * @param rule its name in the configuration
 * @param metric id of the metric
 * @param source whose values
 * @param condition as it was written
 * @param firing whether it does now
 * @param time since when
 * @param step learner step of the value that changed it
 * @param value that changed it; of a missing metric the last one
 */
record AlertState(
    String rule,
    String metric,
    String source,
    String condition,
    boolean firing,
    Instant time,
    long step,
    double value) {

  /** For people, on one line. */
  String text() {
    return "%s %s: %s of %s is %s at step %d (%s)"
        .formatted(
            rule, firing ? "fires" : "is over", metric, source, number(value), step, condition);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
