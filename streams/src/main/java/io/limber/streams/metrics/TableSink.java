package io.limber.streams.metrics;

import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.core.probe.ProbeTables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes the tables of each measurement as {@link TableFiles}, at once; of reports nothing. While
 * the disk is full, tables wait in memory, up to {@value #MAX_WAITING_NUMBERS} numbers, and are
 * tried again once a second; what comes when there is no room for it is lost and counted ({@code
 * queue/lost}).
 */
public final class TableSink implements MetricSink {

  /** 16 MiB of them. */
  static final long MAX_WAITING_NUMBERS = 2L << 20;

  private final Path folder;
  private final Deque<ProbeTables> waiting = new ArrayDeque<>();
  private final AtomicLong lost = new AtomicLong();
  private long waitingNumbers;

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
    if (!waiting.isEmpty() && waitingNumbers + numbers(tables) > MAX_WAITING_NUMBERS) {
      lost.incrementAndGet();
      throw new IOException(
          folder + ": " + waiting.size() + " tables could not be written yet; those are lost");
    }
    waiting.add(tables);
    waitingNumbers += numbers(tables);
    if (waiting.size() == 1) { // others wait for the clock
      flush();
    }
  }

  private static long numbers(ProbeTables tables) {
    return tables.tables().stream()
        .mapToLong(table -> (long) table.rows().size() * table.columns().size())
        .sum();
  }

  @Override
  public List<Report> reports(long step) {
    return List.of(Report.of(name(), step, Map.of(Metric.QUEUE_LOST, lost.doubleValue())));
  }

  @Override
  public void flush() throws IOException {
    while (!waiting.isEmpty()) {
      TableFiles.write(folder, waiting.element());
      waitingNumbers -= numbers(waiting.remove());
    }
  }

  /** No file stays open. */
  @Override
  public void close() throws IOException {
    flush();
  }
}
