package io.limber.streams.metrics;

import io.limber.core.metrics.Report;
import io.limber.core.probe.ProbeTables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** Writes the tables of each measurement as {@link TableFiles}, at once; of reports nothing. */
public final class TableSink implements MetricSink {

  private final Path folder;

  /**
   * @param folder made at the first table
   */
  public TableSink(Path folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "tables";
  }

  @Override
  public QueuePolicy policy() {
    return QueuePolicy.WAIT;
  }

  @Override
  public void accept(Report report, Instant time) {
    // Reports have sinks of their own.
  }

  @Override
  public void accept(ProbeTables tables, Instant time) throws IOException {
    TableFiles.write(folder, tables);
  }

  @Override
  public void flush() {
    // Every table is written when it comes.
  }

  @Override
  public void close() {
    // No file stays open.
  }
}
