package io.limber.actors.learner;

import io.limber.core.agent.ParameterSnapshot;

/** What a learner tells the run. */
public sealed interface LearnerEvent {

  /** Training is over, by itself or because it was asked to; the learner has closed. */
  record Ended(ParameterSnapshot snapshot) implements LearnerEvent {}

  /** Training cannot go on. */
  record Failed(long step, String reason, FailureKind kind) implements LearnerEvent {}
}
