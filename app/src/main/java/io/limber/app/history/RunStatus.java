package io.limber.app.history;

import java.util.Objects;

/**
 * How a run is.
 *
 * @param state in a word
 * @param detail what a person should know beside it; may be empty
 */
public record RunStatus(State state, String detail) {

  /** Kinds of state. */
  public enum State {
    /** The files are still being read. */
    LOADING,
    RUNNING,
    PAUSED,
    /** It was asked to stop and is ending. */
    ENDING,
    /** It ended; the detail says how. */
    ENDED,
    FAILED,
    /** It has not ended, and nothing has come for a while. */
    SILENT
  }

  public RunStatus {
    Objects.requireNonNull(state);
    Objects.requireNonNull(detail);
  }

  /** Without a detail. */
  public static RunStatus of(State state) {
    return new RunStatus(state, "");
  }
}
