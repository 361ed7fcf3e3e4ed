package io.limber.benchmarks.cluster;

import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.streams.metrics.JsonLinesReader;
import io.limber.streams.metrics.TimedReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What a run has reported so far, from its {@code metrics.jsonl}, which is about a second behind.
 * Not thread-safe.
 */
final class RunReports {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final JsonLinesReader reader;
  private final CompletableFuture<?> run;
  private final List<TimedReport> reports = new ArrayList<>();
  private final long sinceEpoch; // what System.nanoTime was at the epoch

  /**
   * @param folder of the run
   * @param run over when the run is
   */
  RunReports(Path folder, CompletableFuture<?> run) {
    reader = new JsonLinesReader(folder.resolve("metrics.jsonl"));
    this.run = run;
    long now = System.nanoTime();
    sinceEpoch = now - nanosOf(Instant.now());
  }

  /** The metric's value in the report; NaN where it is not there. */
  static double value(Report report, Metric metric) {
    return report.measurements().stream()
        .filter(measurement -> measurement.metric() == metric)
        .mapToDouble(Measurement::value)
        .findFirst()
        .orElse(Double.NaN);
  }

  /**
   * Waits until the run has reported something.
   *
   * @param what names it
   * @param after moment of {@link System#nanoTime} from which on it counts
   * @return when it was reported
   * @throws IllegalStateException if it is not within two minutes, or the run is over
   */
  long await(String what, long after, Predicate<Report> wanted) throws IOException {
    long start = System.nanoTime();
    int next = 0;
    while (System.nanoTime() - start < LIMIT.toNanos()) {
      reader.read(reports::add);
      for (; next < reports.size(); next++) {
        long time = sinceEpoch + nanosOf(reports.get(next).time());
        if (time >= after && wanted.test(reports.get(next).report())) {
          return time;
        }
      }
      pass(PAUSE);
    }
    throw new IllegalStateException("in vain waited for: " + what);
  }

  /** The last value that was reported; 0 before the first. */
  double last(Metric metric) throws IOException {
    reader.read(reports::add);
    return reports.stream()
        .mapToDouble(timed -> value(timed.report(), metric))
        .filter(value -> !Double.isNaN(value))
        .reduce(0, (earlier, later) -> later);
  }

  /**
   * Lets time pass.
   *
   * @throws IllegalStateException if the run is over
   */
  void pass(Duration time) {
    if (run.isDone()) {
      throw new IllegalStateException("the run is over: " + run.join());
    }
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long nanosOf(Instant time) {
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }
}
