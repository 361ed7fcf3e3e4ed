package io.limber.app.run;

import io.limber.app.console.ProgressView;
import java.time.Duration;
import java.util.Map;

/** Who looks on while a run goes on: a person at a console, or a table of many runs. */
public interface RunView {

  /** Facts before the run and results after it, names and values. */
  void table(String title, Map<String, String> rows);

  /** One line about something that is not as it should be, but does not end the run. */
  default void say(String line) {}

  /**
   * Progress of a task.
   *
   * @param task in a word
   * @param total all there is to do
   * @param interval between two lines, for whoever shows lines
   */
  ProgressView progress(String task, long total, Duration interval);
}
