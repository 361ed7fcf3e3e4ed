package io.limber.actors.run;

import io.limber.core.metrics.Report;
import io.limber.streams.metrics.MetricSink;
import io.limber.streams.metrics.QueuePolicy;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Keeps all reports. */
final class ListSink implements MetricSink {

  private final List<Report> reports;

  ListSink(List<Report> reports) {
    this.reports = reports;
  }

  @Override
  public String name() {
    return "list";
  }

  @Override
  public QueuePolicy policy() {
    return QueuePolicy.WAIT;
  }

  @Override
  public void accept(Report report, Instant time) {
    reports.add(report);
  }

  @Override
  public boolean keepsRecord() {
    return true;
  }

  /** A line for each report would be as long as a byte. */
  @Override
  public OptionalLong mark() {
    return OptionalLong.of(reports.size());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
