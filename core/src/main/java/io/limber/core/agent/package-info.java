/**
 * What an agent is made of, as interfaces: {@link io.limber.core.agent.Learner}, {@link
 * io.limber.core.agent.Policy} and the {@link io.limber.core.agent.ParameterSnapshot} that passes
 * between them. Implementations live in {@code numerics}; each instance has one owner thread at a
 * time.
 */
package io.limber.core.agent;
