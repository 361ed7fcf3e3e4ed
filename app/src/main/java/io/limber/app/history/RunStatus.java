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
    SILENT,
    /** It was killed: whoever wrote it is gone, and it has not ended. */
    GONE
  }

  public RunStatus {
    Objects.requireNonNull(state);
    Objects.requireNonNull(detail);
  }

  /** Whether nothing more will come, unless somebody resumes it. */
  public boolean isOver() {
    return state == State.ENDED || state == State.FAILED || state == State.GONE;
  }

  /** Without a detail. */
  public static RunStatus of(State state) {
    return new RunStatus(state, "");
  }
}
