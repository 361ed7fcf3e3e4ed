package io.limber.app.run;

import io.limber.core.metrics.Report;
import io.limber.streams.metrics.MetricSink;
import io.limber.streams.metrics.QueuePolicy;
import java.time.Instant;

/** Keeps what the summary needs. Loses nothing and never blocks. */
final class ReadingsSink implements MetricSink {

  private final Readings readings;

  ReadingsSink(Readings readings) {
    this.readings = readings;
  }

  @Override
  public String name() {
    return "summary";
  }

  @Override
  public QueuePolicy policy() {
    return QueuePolicy.WAIT;
  }

  @Override
  public void accept(Report report, Instant time) {
    readings.add(report);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
