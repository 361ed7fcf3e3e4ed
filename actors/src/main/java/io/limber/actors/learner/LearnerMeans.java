package io.limber.actors.learner;

import io.limber.actors.metrics.StepClock;
import io.limber.actors.resource.Resources;
import io.limber.core.agent.Learner;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.state.SavedState;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a learner actor works with.
 *
 * @param learner makes the learner, restored where a run is resumed, on the native dispatcher
 * @param spec sizes of a transition
 * @param clock is set after every call
 * @param checkpoints takes the learner's own files
 * @param saved what the actor itself goes on from; empty at the begin of a run
 */
public record LearnerMeans(
    Supplier<Learner> learner,
    TransitionSpec spec,
    StepClock clock,
    Resources resources,
    CheckpointFolder checkpoints,
    Optional<SavedState> saved) {}
