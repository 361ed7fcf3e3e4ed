package io.limber.streams.metrics;

import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.time.Instant;
import java.util.Map;

/** Reports for tests. */
final class Reports {

  static final Instant TIME = Instant.parse("2026-01-31T12:00:00.25Z");

  private Reports() {}

  static Report loss(long step, double value) {
    return Report.of("learner-0", step, Map.of(Metric.LEARNER_LOSS, value));
  }

  static TimedReport timed(long step) {
    return new TimedReport(loss(step, 1.0), TIME);
  }
}
