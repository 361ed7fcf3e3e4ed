package io.limber.app.history;

import io.limber.core.metrics.Report;
import io.limber.streams.metrics.MetricSink;
import java.time.Instant;

/** Fills the history of a run of this process; drops the oldest reports rather than hold it up. */
public final class HistorySink implements MetricSink {

  private final History history;

  public HistorySink(History history) {
    this.history = history;
  }

  @Override
  public String name() {
    return "dashboard";
  }

  @Override
  public void accept(Report report, Instant time) {
    history.add(report, time);
  }

  @Override
  public void flush() {
    // Readers see everything at once.
  }

  @Override
  public void close() {
    // The history stays, for as long as it is shown.
  }
}
