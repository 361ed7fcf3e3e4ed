package io.limber.actors.learner;

import io.limber.actors.metrics.StepClock;
import io.limber.actors.resource.Resources;
import io.limber.core.agent.Learner;
import io.limber.core.replay.TransitionSpec;
import java.util.function.Supplier;

/**
 * What a learner actor works with.
 *
 * @param learner makes the learner, on the native dispatcher
 * @param spec sizes of a transition
 * @param clock is set after every call
 */
public record LearnerMeans(
    Supplier<Learner> learner, TransitionSpec spec, StepClock clock, Resources resources) {}
