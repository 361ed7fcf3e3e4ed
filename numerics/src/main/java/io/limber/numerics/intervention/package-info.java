/**
 * Interventions that keep an agent plastic. {@link io.limber.numerics.intervention.Interventions}
 * puts what they need into an agent's program and follows a learner; a {@link
 * io.limber.numerics.intervention.Treatment} is what one of them does when it fires. One owner
 * thread, the learner's.
 */
package io.limber.numerics.intervention;
