package io.limber.streams.metrics;

import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * {@code metrics.jsonl}: one line of JSON per report, as {@code docs/metrics.md} describes,
 * appended and readable at once. While the disk is full, lines wait in memory and are tried again
 * once a second; those that come when {@link AppendFile}'s bound is reached are lost and counted
 * ({@code queue/lost}).
 */
public final class JsonLinesSink implements MetricSink {

  private final AppendFile file;

  /**
   * @param file made at the first report, its folder too; appended to if it is there
   */
  public JsonLinesSink(Path file) {
    this.file = new AppendFile(file);
  }

  @Override
  public String name() {
    return "jsonl";
  }

  @Override
  public QueuePolicy policy() {
    return QueuePolicy.WAIT;
  }

  @Override
  public void accept(Report report, Instant time) throws IOException {
    file.append(JsonLine.of(report, time).getBytes(StandardCharsets.UTF_8));
    if (!file.failing()) {
      file.flush();
    }
  }

  @Override
  public List<Report> reports(long step) {
    return List.of(Report.of(name(), step, Map.of(Metric.QUEUE_LOST, (double) file.lost())));
  }

  @Override
  public boolean keepsRecord() {
    return true;
  }

  @Override
  public OptionalLong mark() throws IOException {
    return OptionalLong.of(file.sync());
  }

  /** Tries again what a failed {@link #accept} left. */
  @Override
  public void flush() throws IOException {
    file.flush();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
