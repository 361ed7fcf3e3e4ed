package io.limber.streams.metrics;

import io.limber.core.metrics.Report;
import java.time.Instant;
import java.util.Objects;

/**
 * A report and when it was published.
 *
 * @param report what was said
 * @param time wall-clock time
 */
public record TimedReport(Report report, Instant time) {

  public TimedReport {
    Objects.requireNonNull(report);
    Objects.requireNonNull(time);
  }
}
