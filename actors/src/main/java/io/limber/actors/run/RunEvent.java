package io.limber.actors.run;

import io.limber.actors.learner.FailureKind;

/** How a run ended: exactly one of these is told. */
public sealed interface RunEvent {

  /** The run did all its updates, or was stopped. */
  record RunFinished(RunSummary summary) implements RunEvent {}

  /**
   * The run could not go on.
   *
   * @param reason for people, for instance that the loss is NaN
   * @param released as in {@link RunSummary#released}
   * @param kind whether an earlier state may go on
   */
  record RunFailed(String reason, boolean released, FailureKind kind) implements RunEvent {}
}
