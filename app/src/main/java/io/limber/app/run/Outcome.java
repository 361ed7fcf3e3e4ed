package io.limber.app.run;

/** How a run ended. */
public enum Outcome {
  /** All its updates are done. */
  COMPLETED("completed"),
  /** Ctrl-C; ended cleanly. */
  INTERRUPTED("interrupted"),
  /** SIGTERM; ended cleanly. */
  TERMINATED("terminated"),
  /** Something went wrong; the summary says what. */
  FAILED("failed");

  private final String text;

  Outcome(String text) {
    this.text = text;
  }

  /** How what was ended by a signal ended. */
  public static Outcome of(Signals.Signal signal) {
    return switch (signal) {
      case INT -> INTERRUPTED;
      case TERM -> TERMINATED;
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
