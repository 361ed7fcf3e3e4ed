package io.limber.streams.metrics;

import io.limber.core.metrics.Report;
import io.limber.core.probe.ProbeTables;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * A place that reports go to. Holds no resource before the first {@link #accept}. Used by one
 * thread at a time, which may block; used for one run.
 *
 * <p>Whatever it throws is counted ({@code queue/failures}), logged and never fails the other sinks
 * or the run; the next report is offered all the same, so a sink should be able to go on, for
 * instance when a full disk has room again.
 *
 * <p>Results that are no single numbers come through further {@code accept} methods that do nothing
 * by default, so that sinks which cannot show them need not know them.
 */
public interface MetricSink {

  /** Kebab-case and stable: the source of its queue's metrics, for instance {@code jsonl}. */
  String name();

  /** What happens when reports come faster than it takes them. */
  default QueuePolicy policy() {
    return QueuePolicy.DROP_OLDEST;
  }

  /** How often {@link #flush} is called. */
  default Duration flushInterval() {
    return Duration.ofSeconds(1);
  }

  /**
   * Takes one report.
   *
   * @param time when it was published
   */
  void accept(Report report, Instant time) throws IOException;

  /**
   * Takes the tables of one measurement.
   *
   * @param time when they were published
   */
  default void accept(ProbeTables tables, Instant time) throws IOException {}

  /** Whether it keeps the record that a resumed run is cut back to; at most one sink does. */
  default boolean keepsRecord() {
    return false;
  }

  /**
   * Syncs to the disk what was accepted so far, where it {@link #keepsRecord}.
   *
   * @return length of the record in bytes; empty for all other sinks
   */
  default OptionalLong mark() throws IOException {
    return OptionalLong.empty();
  }

  /**
   * What it has to say itself, published like other reports with those on the queues. Any thread;
   * must not block for long.
   *
   * @param step newest known learner step
   */
  default List<Report> reports(long step) {
    return List.of();
  }

  /** Makes visible to others what was accepted so far. */
  void flush() throws IOException;

  /** Flushes and frees; the last call. */
  void close() throws IOException;
}
