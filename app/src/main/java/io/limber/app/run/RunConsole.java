package io.limber.app.run;

import io.limber.app.console.ProgressBarView;
import io.limber.app.console.ProgressLinesView;
import io.limber.app.console.ProgressView;
import io.limber.app.console.Table;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * Where a run talks to a person.
 *
 * @param out takes the text
 * @param terminal whether {@code out} is one
 * @param columns width of the terminal
 */
public record RunConsole(PrintWriter out, boolean terminal, int columns) {

  /** Prints names and values under a title. */
  void table(String title, Map<String, String> rows) {
    out.println(title);
    out.println(Table.text(rows));
    out.flush();
  }

  /**
   * Progress of training.
   *
   * @param updates all there is to do
   * @param interval between two lines where it is no terminal
   */
  ProgressView progress(long updates, Duration interval) {
    return terminal
        ? new ProgressBarView(out, columns, "train", updates)
        : new ProgressLinesView(out, "train", updates, interval, InstantSource.system());
  }
}
