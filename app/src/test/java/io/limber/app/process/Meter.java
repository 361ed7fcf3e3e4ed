package io.limber.app.process;

import io.limber.testkit.process.Await;
import io.limber.testkit.process.JavaProcess;
import io.limber.testkit.process.ProcessFigures;
import io.limber.testkit.process.Trend;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;

/** What a process takes of its machine while a test waits. One owner. */
final class Meter {

  private static final long PERIOD_NANOS = 500_000_000;
  private static final double MIB = 1 << 20;

  /** What a start takes, and what is compiled and loaded on first use, is no leak. */
  private static final double SETTLED = 0.4;

  private final JavaProcess process;
  private final Trend resident = new Trend();
  private final Trend threads = new Trend();
  private final Trend files = new Trend();
  private long lastNanos = System.nanoTime() - PERIOD_NANOS;

  Meter(JavaProcess process) {
    this.process = process;
  }

  /** Waits as {@link Await} does, and takes samples meanwhile. */
  static void until(String what, Duration limit, Callable<Boolean> condition, Meter... meters)
      throws Exception {
    Await.until(
        what,
        limit,
        () -> {
          for (Meter meter : meters) {
            meter.sample();
          }
          return condition.call();
        });
  }

  private void sample() throws IOException {
    long now = System.nanoTime();
    if (now - lastNanos >= PERIOD_NANOS) {
      lastNanos = now;
      if (!process.isAlive()) {
        throw new AssertionError("the process is over too early: " + process.errors());
      }
      ProcessFigures figures = ProcessFigures.of(process.pid());
      resident.add(now, figures.residentBytes() / MIB);
      threads.add(now, figures.threads());
      files.add(now, figures.files());
    }
  }

  /** MiB per minute, once settled. */
  double residentSlope() {
    return resident.from(SETTLED).perMinute();
  }

  /** Threads per minute, once settled. */
  double threadSlope() {
    return threads.from(SETTLED).perMinute();
  }

  /** Open files per minute, once settled. */
  double fileSlope() {
    return files.from(SETTLED).perMinute();
  }

  /** The figures as one JSON object. */
  String json() {
    return String.format(
        Locale.ROOT,
        "{\"samples\":%d,\"resident-mib\":%.1f,\"resident-mib-max\":%.1f,"
            + "\"resident-mib-per-minute\":%.2f,\"threads\":%.1f,\"threads-per-minute\":%.2f,"
            + "\"files\":%.1f,\"files-per-minute\":%.2f}",
        resident.size(),
        resident.from(SETTLED).mean(),
        resident.max(),
        residentSlope(),
        threads.from(SETTLED).mean(),
        threadSlope(),
        files.from(SETTLED).mean(),
        fileSlope());
  }
}
