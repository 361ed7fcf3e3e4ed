package io.limber.actors.learner;

import io.limber.core.agent.NonFiniteLossException;
import io.limber.core.state.UnusableStateException;

/** What can be done about a failure of a run. */
public enum FailureKind {
  /** The loss is NaN or infinite: the run may go on from an earlier state. */
  DIVERGED,
  /** A part of the run refuses its state in the checkpoint: an older checkpoint may do. */
  REFUSED,
  /** Nothing, without a person. */
  OTHER;

  /** By the failure or what it was caused by. */
  public static FailureKind of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof NonFiniteLossException) {
        return DIVERGED;
      }
      if (cause instanceof UnusableStateException) {
        return REFUSED;
      }
    }
    return OTHER;
  }
}
