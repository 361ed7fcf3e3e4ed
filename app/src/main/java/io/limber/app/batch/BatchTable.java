package io.limber.app.batch;

import io.limber.app.console.Durations;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines of a terminal that are drawn again and again: a row for every cell that runs, and how many
 * there are of all. Cells that failed leave a line above. Called by one thread at a time.
 */
public final class BatchTable implements BatchView {

  private static final Duration REDRAW = Duration.ofMillis(300);
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintWriter out;
  private final int columns;
  private final InstantSource clock;
  private final Instant start;
  private Instant due;
  private int drawn;
  private List<CellStatus> newest = List.of();

  /**
   * @param out the terminal
   * @param columns its width
   */
  public BatchTable(PrintWriter out, int columns, InstantSource clock) {
    this.out = out;
    this.columns = columns;
    this.clock = clock;
    start = clock.instant();
    due = start;
  }

  @Override
  public void show(CellStatus changed, List<CellStatus> all) {
    newest = all;
    if (changed.state() == CellState.FAILED) {
      erase();
      print(changed.cell().key() + " failed: " + changed.details());
      drawn = 0;
    }
    if (drawn == 0 || !clock.instant().isBefore(due)) {
      draw();
    }
  }

  private void draw() {
    erase();
    List<String> rows = rows();
    rows.forEach(this::print);
    out.flush();
    drawn = rows.size();
    due = clock.instant().plus(REDRAW);
  }

  private List<String> rows() {
    List<String> rows = new ArrayList<>();
    rows.add(row("agent", "step", "node", "reads"));
    for (CellStatus status : newest) {
      if (status.state() == CellState.RUNNING) {
        String step = String.format(Locale.ROOT, "%,d", status.step());
        String reads = status.cell().label() + "  " + status.details();
        rows.add(row(status.cell().key(), step, status.place(), reads));
      }
    }
    Duration elapsed = Duration.between(start, clock.instant());
    rows.add(Tally.of(newest).text() + "; " + Durations.text(elapsed));
    return rows;
  }

  private static String row(String key, String step, String node, String rest) {
    return String.format(Locale.ROOT, "%-12s  %10s  %-16s  %s", key, step, node, rest);
  }

  /** One line, cut to the terminal's width: a line that wraps could not be erased. */
  private void print(String line) {
    out.println(line.length() < columns ? line : line.substring(0, columns - 1));
  }

  private void erase() {
    if (drawn > 0) {
      out.print("\u001b[" + drawn + "A\r" + CLEAR_BELOW);
    }
  }

  @Override
  public void close() {
    if (!newest.isEmpty()) {
      draw();
    }
  }
}
