package io.limber.streams.metrics;

import io.limber.core.metrics.Report;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;

/**
 * A report and when it was published.
 *
 * @param report what was said
 * @param time wall-clock time
 */
public record TimedReport(Report report, Instant time) implements Published {

  public TimedReport {
    Objects.requireNonNull(report);
    Objects.requireNonNull(time);
  }

  @Override
  public void to(MetricSink sink) throws IOException {
    sink.accept(report, time);
  }
}
