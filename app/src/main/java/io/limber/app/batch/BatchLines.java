package io.limber.app.batch;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A line whenever a cell begins or ends, and now and then one for each that runs; for files and
 * pipes. Called by one thread at a time.
 */
public final class BatchLines implements BatchView {

  private final PrintWriter out;
  private final Duration interval;
  private final InstantSource clock;
  private final Map<String, CellState> shown = new HashMap<>();
  private final Map<String, Instant> due = new HashMap<>();

  /**
   * @param interval least time between two lines on how far one cell is
   */
  public BatchLines(PrintWriter out, Duration interval, InstantSource clock) {
    this.out = out;
    this.interval = interval;
    this.clock = clock;
  }

  @Override
  public void show(CellStatus changed, List<CellStatus> all) {
    String key = changed.cell().key();
    Instant now = clock.instant();
    boolean news = shown.put(key, changed.state()) != changed.state();
    if (news || !now.isBefore(due.getOrDefault(key, now))) {
      due.put(key, now.plus(interval));
      out.println(line(changed) + (news ? "  [" + Tally.of(all).text() + "]" : ""));
      out.flush();
    }
  }

  private static String line(CellStatus status) {
    return String.format(
            Locale.ROOT,
            "%s %-8s %,10d  %s  %s",
            status.cell().key(),
            status.state(),
            status.step(),
            status.cell().label(),
            status.details())
        .stripTrailing();
  }

  @Override
  public void close() {
    out.flush();
  }
}
