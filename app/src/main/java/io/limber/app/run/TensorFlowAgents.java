package io.limber.app.run;

import io.limber.app.config.Settings;
import io.limber.core.env.ActionSpace;
import io.limber.core.env.ObservationSpace;
import io.limber.core.random.RandomStreams;
import io.limber.numerics.agent.TensorFlowAgentFactory;
import java.nio.file.Path;

/** The agents of {@code numerics}. */
public final class TensorFlowAgents implements AgentSource {

  @Override
  public void check(
      Settings settings, RandomStreams random, ObservationSpace observations, ActionSpace actions) {
    TensorFlowAgentFactory.check(settings.numerics(), random, observations, actions);
  }

  @Override
  public Agent open(
      Settings settings,
      RandomStreams random,
      ObservationSpace observations,
      ActionSpace actions,
      Path programs) {
    TensorFlowAgentFactory factory =
        new TensorFlowAgentFactory(settings.numerics(), random, observations, actions, programs);
    return new Agent(factory, factory.layout(), factory.optimizerLayout());
  }
}
