package io.limber.app.run;

import io.limber.app.console.ProgressView;
import io.limber.core.metrics.Report;
import io.limber.streams.metrics.MetricSink;
import java.time.Instant;

/** Shows progress. A terminal that is not read loses the oldest reports and holds up nobody. */
final class ConsoleSink implements MetricSink {

  private final Readings readings = new Readings();
  private final ProgressView view;

  /**
   * @param view closed with the sink
   */
  ConsoleSink(ProgressView view) {
    this.view = view;
  }

  @Override
  public String name() {
    return "console";
  }

  @Override
  public void accept(Report report, Instant time) {
    readings.add(report);
    TrainingProgress.show(readings, view);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    view.close();
  }
}
