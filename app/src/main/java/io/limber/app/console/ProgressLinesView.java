package io.limber.app.console;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * One plain line for each interval, for files and pipes. Where updates come more often than that,
 * only the newest shows; the last one always does.
 */
public final class ProgressLinesView implements ProgressView {

  private final PrintWriter out;
  private final String task;
  private final long total;
  private final Duration interval;
  private final InstantSource clock;
  private final Instant start;

  private Instant due;
  private String pending;
  private boolean closed;

  /**
   * @param task word at the start of each line
   * @param total all there is to do
   * @param interval least time between two lines
   */
  public ProgressLinesView(
      PrintWriter out, String task, long total, Duration interval, InstantSource clock) {
    this.out = out;
    this.task = task;
    this.total = total;
    this.interval = interval;
    this.clock = clock;
    start = clock.instant();
    due = start;
  }

  @Override
  public synchronized void update(long done, String details) {
    if (closed) {
      return;
    }
    Instant now = clock.instant();
    pending = line(done, details, Duration.between(start, now));
    if (!now.isBefore(due)) {
      print();
      due = now.plus(interval);
    }
  }

  private String line(long done, String details, Duration elapsed) {
    int percent = total == 0 ? 100 : (int) (100 * done / total);
    return String.format(
        Locale.ROOT,
        "%s %3d%%  %d/%d  %s, %s left  %s",
        task,
        percent,
        done,
        total,
        Durations.text(elapsed),
        done == 0 ? "?" : Durations.text(elapsed.multipliedBy(total - done).dividedBy(done)),
        details);
  }

  private void print() {
    out.println(pending);
    out.flush();
    pending = null;
  }

  @Override
  public synchronized void close() {
    if (!closed && pending != null) {
      print();
    }
    closed = true;
  }
}
