/**
 * The agent's program and the parts that run it: {@link
 * io.limber.numerics.agent.TensorFlowAgentFactory} makes learners, policies and probes. Each
 * instance has a session of its own and one owner thread at a time.
 */
package io.limber.numerics.agent;
