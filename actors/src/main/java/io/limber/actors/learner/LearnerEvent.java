package io.limber.actors.learner;

import io.limber.core.agent.ParameterSnapshot;

/** What a learner tells the run. */
public sealed interface LearnerEvent {

  /** Training is over, by itself or because it was asked to; the learner has closed. */
  record Ended(ParameterSnapshot snapshot) implements LearnerEvent {}

  /**
   * Training cannot go on.
   *
   * @param diverged the loss is NaN or infinite, so that an earlier state may go on
   */
  record Failed(long step, String reason, boolean diverged) implements LearnerEvent {}
}
