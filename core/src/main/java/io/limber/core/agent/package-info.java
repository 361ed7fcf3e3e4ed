/**
 * What an agent is made of: the interfaces {@link io.limber.core.agent.Learner}, {@link
 * io.limber.core.agent.Policy} and the {@link io.limber.core.agent.ParameterSnapshot} that passes
 * between them, implemented in {@code numerics}; exploration and greedy evaluation, which need no
 * network, are here. Each instance has one owner thread at a time.
 */
package io.limber.core.agent;
