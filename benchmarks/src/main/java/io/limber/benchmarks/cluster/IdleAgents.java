package io.limber.benchmarks.cluster;

import io.limber.app.config.Settings;
import io.limber.app.run.AgentSource;
import io.limber.app.run.TensorFlowAgents;
import io.limber.core.agent.AgentFactory;
import io.limber.core.agent.Learner;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.agent.Policy;
import io.limber.core.env.ActionSpace;
import io.limber.core.env.ObservationSpace;
import io.limber.core.probe.Probe;
import io.limber.core.random.RandomStreams;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Agents of Limber but for their policies, which act without looking: what is left is transport.
 */
final class IdleAgents implements AgentSource {

  private final AgentSource real = new TensorFlowAgents();

  @Override
  public Agent open(
      Settings settings,
      RandomStreams random,
      ObservationSpace observations,
      ActionSpace actions,
      Path programs) {
    Agent agent = real.open(settings, random, observations, actions, programs);
    return new Agent(new IdleFactory(agent.factory()), agent.layout(), agent.optimizer());
  }

  private record IdleFactory(AgentFactory real) implements AgentFactory {

    @Override
    public Learner createLearner() {
      return real.createLearner();
    }

    @Override
    public Policy createPolicy() {
      return new IdlePolicy();
    }

    @Override
    public Probe createProbe(String name) {
      return real.createProbe(name);
    }

    @Override
    public String device() {
      return real.device();
    }

    @Override
    public void close() {
      real.close();
    }
  }

  private static final class IdlePolicy implements Policy {

    private long step = -1;

    @Override
    public void load(ParameterSnapshot snapshot) {
      step = snapshot.step();
    }

    @Override
    public long step() {
      return step;
    }

    @Override
    public void act(ByteBuffer observations, int count, int[] actions) {
      Arrays.fill(actions, 0, count, 0);
    }

    @Override
    public void close() {
      // holds nothing
    }
  }
}
