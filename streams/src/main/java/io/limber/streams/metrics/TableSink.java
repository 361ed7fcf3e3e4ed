package io.limber.streams.metrics;

import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.core.probe.ProbeTables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
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

  private record Waiting(ProbeTables tables, long numbers) {}

  private final Path folder;
  private final List<Waiting> waiting = new ArrayList<>();
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
    if (waiting.isEmpty()) {
      write(tables); // others wait for the clock
    } else {
      keep(tables);
    }
  }

  private void write(ProbeTables tables) throws IOException {
    try {
      TableFiles.write(folder, tables);
    } catch (IOException e) {
      keep(tables);
      throw e;
    }
  }

  private void keep(ProbeTables tables) throws IOException {
    long numbers =
        tables.tables().stream()
            .mapToLong(table -> (long) table.rows().size() * table.columns().size())
            .sum();
    if (waitingNumbers + numbers > MAX_WAITING_NUMBERS) {
      lost.incrementAndGet();
      throw new IOException(
          "%s: tables of %d measurements could not be written yet; those of %s at step %d are lost"
              .formatted(folder, waiting.size(), tables.probe(), tables.step()));
    }
    waiting.add(new Waiting(tables, numbers));
    waitingNumbers += numbers;
  }

  @Override
  public List<Report> reports(long step) {
    return List.of(Report.of(name(), step, Map.of(Metric.QUEUE_LOST, lost.doubleValue())));
  }

  /** Tries all that wait: one that something else keeps from its place holds up no other. */
  @Override
  public void flush() throws IOException {
    IOException failure = null;
    for (Waiting next : List.copyOf(waiting)) {
      try {
        TableFiles.write(folder, next.tables());
        waiting.remove(next);
        waitingNumbers -= next.numbers();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Tries once more; no file stays open. What cannot be written now is lost. */
  @Override
  public void close() throws IOException {
    try {
      flush();
    } finally {
      lost.addAndGet(waiting.size());
    }
  }
}
