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
    Throwable known = known(failure);
    if (known == null) {
      return OTHER;
    }
    return known instanceof NonFiniteLossException ? DIVERGED : REFUSED;
  }

  /** Why, for people: what is known was written for them, whatever is around it. */
  public static String reason(Throwable failure) {
    Throwable known = known(failure);
    return known == null ? failure.toString() : known.getMessage();
  }

  private static Throwable known(Throwable failure) {
    Throwable cause = failure;
    while (cause != null
        && !(cause instanceof NonFiniteLossException)
        && !(cause instanceof UnusableStateException)) {
      cause = cause.getCause();
    }
    return cause;
  }
}
