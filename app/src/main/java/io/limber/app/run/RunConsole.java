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
public record RunConsole(PrintWriter out, boolean terminal, int columns) implements RunView {

  /** Prints names and values under a title. */
  @Override
  public void table(String title, Map<String, String> rows) {
    out.println(title);
    out.println(Table.text(rows));
    out.flush();
  }

  @Override
  public void say(String line) {
    out.println("limber: " + line);
    out.flush();
  }

  /**
   * Progress of a task.
   *
   * @param task in a word
   * @param total all there is to do
   * @param interval between two lines where it is no terminal
   */
  @Override
  public ProgressView progress(String task, long total, Duration interval) {
    return terminal
        ? new ProgressBarView(out, columns, task, total)
        : new ProgressLinesView(out, task, total, interval, InstantSource.system());
  }
}
