package io.limber.benchmarks.agent;

import io.limber.app.run.AgentSource;
import io.limber.app.run.TensorFlowAgents;
import io.limber.core.agent.AgentFactory;
import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.Learner;
import io.limber.core.agent.ParameterLayout;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.agent.Policy;
import io.limber.core.agent.Recovery;
import io.limber.core.agent.UpdateReport;
import io.limber.core.metrics.Measurement;
import io.limber.core.probe.Probe;
import io.limber.core.replay.Transitions;
import io.limber.core.state.SavedState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * An agent whose learner and policies tell after each call how far they are.
 *
 * @param inner does the work
 * @param afterUpdate takes the updates done
 * @param afterAct takes the observations of the call
 */
public record ObservedAgent(AgentFactory inner, LongConsumer afterUpdate, LongConsumer afterAct)
    implements AgentFactory {

  /**
   * A run's usual agents, observed.
   *
   * @param afterUpdate takes the updates done
   */
  public static AgentSource source(LongConsumer afterUpdate) {
    return (settings, random, observations, actions, programs) -> {
      AgentSource.Agent agent =
          new TensorFlowAgents().open(settings, random, observations, actions, programs);
      return new AgentSource.Agent(
          new ObservedAgent(agent.factory(), afterUpdate, count -> {}),
          agent.layout(),
          agent.optimizer());
    };
  }

  @Override
  public Learner createLearner() {
    return new ObservedLearner(inner.createLearner(), afterUpdate);
  }

  @Override
  public Policy createPolicy() {
    return new ObservedPolicy(inner.createPolicy(), afterAct);
  }

  @Override
  public Probe createProbe(String name) {
    return inner.createProbe(name);
  }

  @Override
  public String device() {
    return inner.device();
  }

  @Override
  public void close() {
    inner.close();
  }

  private record ObservedLearner(Learner inner, LongConsumer afterUpdate) implements Learner {

    @Override
    public UpdateReport update(Transitions batch) {
      UpdateReport report = inner.update(batch);
      afterUpdate.accept(report.step());
      return report;
    }

    @Override
    public ParameterLayout layout() {
      return inner.layout();
    }

    @Override
    public int batchSize() {
      return inner.batchSize();
    }

    @Override
    public int updatesPerCall() {
      return inner.updatesPerCall();
    }

    @Override
    public long step() {
      return inner.step();
    }

    @Override
    public void observe(List<Measurement> measurements) {
      inner.observe(measurements);
    }

    @Override
    public void fire(String intervention) {
      inner.fire(intervention);
    }

    @Override
    public ParameterSnapshot snapshot() {
      return inner.snapshot();
    }

    @Override
    public AgentSnapshot agentSnapshot() {
      return inner.agentSnapshot();
    }

    @Override
    public SavedState save(Path folder) throws IOException {
      return inner.save(folder);
    }

    @Override
    public void restore(Path folder, SavedState state) throws IOException {
      inner.restore(folder, state);
    }

    @Override
    public void recover(Recovery recovery) {
      inner.recover(recovery);
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  private record ObservedPolicy(Policy inner, LongConsumer afterAct) implements Policy {

    @Override
    public void load(ParameterSnapshot snapshot) {
      inner.load(snapshot);
    }

    @Override
    public long step() {
      return inner.step();
    }

    @Override
    public void act(ByteBuffer observations, int count, int[] actions) {
      inner.act(observations, count, actions);
      afterAct.accept(count);
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
