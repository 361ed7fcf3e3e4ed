package io.limber.app.console;

/**
 * What the launcher found out about the terminal; Java itself cannot tell for one stream.
 *
 * @param out standard output is a terminal
 * @param err standard error is a terminal
 * @param columns width of the terminal in characters, at least 20
 */
public record Terminal(boolean out, boolean err, int columns) {

  private static final int LEAST_COLUMNS = 20;
  private static final int USUAL_COLUMNS = 80;

  public Terminal {
    columns = Math.max(LEAST_COLUMNS, columns);
  }

  /** From the system properties that {@code ./limber} sets; no terminal without them. */
  public static Terminal detect() {
    return new Terminal(
        Boolean.getBoolean("limber.terminal.out"),
        Boolean.getBoolean("limber.terminal.err"),
        Integer.getInteger("limber.terminal.columns", USUAL_COLUMNS));
  }
}
