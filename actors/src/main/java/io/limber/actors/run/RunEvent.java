package io.limber.actors.run;

/** How a run ended: exactly one of these is told. */
public sealed interface RunEvent {

  /** The run did all its updates, or was stopped. */
  record RunFinished(RunSummary summary) implements RunEvent {}

  /**
   * The run could not go on.
   *
   * @param reason for people, for instance that the loss is NaN
   * @param released as in {@link RunSummary#released}
   * @param diverged the loss is NaN or infinite, so that the run may go on from an earlier state
   */
  record RunFailed(String reason, boolean released, boolean diverged) implements RunEvent {}
}
