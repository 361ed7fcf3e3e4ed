package io.limber.app.run;

import io.limber.app.config.Settings;
import io.limber.core.agent.AgentFactory;
import io.limber.core.agent.ParameterLayout;
import io.limber.core.env.ActionSpace;
import io.limber.core.env.ObservationSpace;
import io.limber.core.random.RandomStreams;
import java.nio.file.Path;

/** Makes the computing parts of a run's agent; tests put fakes here. */
@FunctionalInterface
public interface AgentSource {

  /**
   * What computes, and what is to be said about it.
   *
   * @param factory makes the parts; closed by the run
   * @param layout of its parameters
   * @param optimizer layout of its optimiser's state
   */
  record Agent(AgentFactory factory, ParameterLayout layout, ParameterLayout optimizer) {}

  /**
   * Refuses what cannot be opened, before anything is made.
   *
   * @throws IllegalArgumentException with path, value and rule
   */
  default void check(
      Settings settings,
      RandomStreams random,
      ObservationSpace observations,
      ActionSpace actions) {}

  /**
   * Starts what computes.
   *
   * @param random the run's root streams
   * @param programs folder for the programs that it writes
   */
  Agent open(
      Settings settings,
      RandomStreams random,
      ObservationSpace observations,
      ActionSpace actions,
      Path programs);
}
