package io.limber.numerics.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.Learner;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.probe.Probe;
import io.limber.core.probe.ProbeResult;
import io.limber.core.probe.Table;
import io.limber.core.replay.Transitions;
import io.limber.numerics.agent.NumericsSettings;
import io.limber.numerics.agent.SmallTask;
import io.limber.numerics.agent.TensorFlowAgentFactory;
import io.limber.numerics.curvature.BootstrapProgram;
import io.limber.numerics.curvature.HessianProgram;
import io.limber.numerics.curvature.OutputLoss;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Networks;
import io.limber.numerics.network.Observations;
import io.limber.numerics.objective.Objective;
import io.limber.numerics.runtime.ComputeDevice;
import io.limber.numerics.runtime.CpuThreads;
import java.nio.file.Path;

/** A trained snapshot of {@link SmallTask}, and programs of its TD loss beside the probe's. */
final class ProbeCase implements AutoCloseable {

  static final Transitions SEEN = SmallTask.transitions(32, 8);

  final TensorFlowAgentFactory factory;
  final Network network;
  final ParameterSnapshot snapshot;
  final AgentSnapshot agent;
  private final Path folder;
  private final Objective objective;

  ProbeCase(String overrides, Path folder) {
    this.folder = folder;
    NumericsSettings settings = SmallTask.settings(overrides);
    factory = SmallTask.factory(overrides, folder.resolve("probe"));
    objective = Objective.of(settings.objective(), SmallTask.ACTIONS.actions());
    network =
        objective.agent(
            Networks.of(settings.network(), SmallTask.OBSERVATIONS, objective.outputs()));
    try (Learner learner = factory.createLearner()) {
      for (int call = 0; call < 5; call++) {
        learner.update(SmallTask.transitions(12, call));
      }
      agent = learner.agentSnapshot();
      snapshot = agent.online();
    }
  }

  ProbeResult measure(String probe) {
    return measure(probe, agent);
  }

  ProbeResult measure(String name, ParameterSnapshot of) {
    return measure(name, AgentSnapshot.of(of));
  }

  ProbeResult measure(String name, AgentSnapshot of) {
    try (Probe probe = factory.createProbe(name)) {
      return probe.measure(of, SEEN, Probe.Progress.IGNORED);
    }
  }

  /** The TD targets of all transitions. */
  float[] targets() {
    Observations observations = new Observations(SmallTask.OBSERVATIONS);
    Path to = folder.resolve("bootstrap");
    BootstrapProgram.export(to, network, observations, objective);
    try (BootstrapProgram program =
        BootstrapProgram.load(
            to, ComputeDevice.choose("cpu", new CpuThreads(2, 1)), network, observations)) {
      return program.of(snapshot, agent.bootstrap(), SEEN).targets();
    }
  }

  /** Not prepared yet. */
  HessianProgram hessian() {
    Observations observations = new Observations(SmallTask.OBSERVATIONS);
    OutputLoss loss = OutputLoss.of(objective);
    Path to = folder.resolve("hessian");
    Network learned = objective.learned(network);
    HessianProgram.export(to, learned, observations, loss);
    return HessianProgram.load(
        to,
        ComputeDevice.choose("cpu", new CpuThreads(2, 1)),
        learned,
        observations,
        loss,
        SEEN.size());
  }

  static double value(ProbeResult result, Metric metric) {
    return result.measurements().stream()
        .filter(m -> m.metric() == metric)
        .mapToDouble(Measurement::value)
        .findFirst()
        .orElseThrow();
  }

  static Table table(ProbeResult result, String name) {
    assertThat(result.tables()).extracting(Table::name).contains(name);
    return result.tables().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  @Override
  public void close() {
    factory.close();
  }
}
