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
   */
  record RunFailed(String reason, boolean released) implements RunEvent {}
}
