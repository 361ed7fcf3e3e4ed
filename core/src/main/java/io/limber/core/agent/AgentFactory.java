package io.limber.core.agent;

import io.limber.core.probe.Probe;

/**
 * Makes the computing parts of one agent. Thread-safe: actors on different threads ask it for their
 * own instances.
 */
public interface AgentFactory extends AutoCloseable {

  /** A learner with freshly initialised parameters; equal seeds give equal parameters. */
  Learner createLearner();

  /** A policy with a session of its own; {@link Policy#load} it before use. */
  Policy createPolicy();

  /**
   * A probe by its name in {@code limber.probe.schedule}.
   *
   * @throws IllegalArgumentException if no probe has that name; the message lists those there are
   */
  Probe createProbe(String name);

  /** Where it computes, for people, for instance {@code cpu (2 threads)}. */
  String device();

  /**
   * Frees what the factory itself holds; idempotent. Instances it made are closed by their owners.
   */
  @Override
  void close();
}
