package io.limber.streams.metrics;

import io.limber.core.probe.ProbeTables;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;

/**
 * Tables of a probe and when they were published.
 *
 * @param tables what was found
 * @param time wall-clock time
 */
public record TimedTables(ProbeTables tables, Instant time) implements Published {

  public TimedTables {
    Objects.requireNonNull(tables);
    Objects.requireNonNull(time);
  }

  @Override
  public void to(MetricSink sink) throws IOException {
    sink.accept(tables, time);
  }
}
