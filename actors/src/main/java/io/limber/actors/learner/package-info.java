/**
 * The actor that owns the learner, {@link io.limber.actors.learner.LearnerActor}, and the board it
 * publishes parameters on, {@link io.limber.actors.learner.ParameterBoard}. The learner's step
 * counter is the clock of the run.
 */
package io.limber.actors.learner;
