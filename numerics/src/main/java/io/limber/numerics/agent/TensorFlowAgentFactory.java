package io.limber.numerics.agent;

import io.limber.core.agent.AgentFactory;
import io.limber.core.agent.Learner;
import io.limber.core.agent.ParameterLayout;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.agent.Policy;
import io.limber.core.env.ActionSpace;
import io.limber.core.env.ObservationSpace;
import io.limber.core.probe.Probe;
import io.limber.core.random.RandomStreams;
import io.limber.numerics.intervention.Interventions;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Networks;
import io.limber.numerics.network.Observations;
import io.limber.numerics.objective.Objective;
import io.limber.numerics.plasticity.PlasticityProbe;
import io.limber.numerics.probe.GradientCovarianceProbe;
import io.limber.numerics.probe.HessianProbe;
import io.limber.numerics.probe.LandscapeProbe;
import io.limber.numerics.probe.ProbeParts;
import io.limber.numerics.probe.StatisticsProbe;
import io.limber.numerics.runtime.ComputeDevice;
import io.limber.numerics.runtime.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * Makes the parts of one agent from programs that it writes once into a folder of the run. The
 * programs stay there: the same folders load in Python's TensorFlow.
 */
public final class TensorFlowAgentFactory implements AgentFactory {

  /** Names of the probes that it makes. */
  public static final List<String> PROBES =
      List.of(
          PlasticityProbe.NAME,
          HessianProbe.NAME,
          GradientCovarianceProbe.NAME,
          LandscapeProbe.NAME,
          StatisticsProbe.NAME);

  private final NumericsSettings settings;
  private final RandomStreams random;
  private final ComputeDevice device;
  private final Path folder;
  private final Objective objective;
  private final Interventions interventions;
  private final Network network;
  private final Observations observations;
  private final ParameterLayout optimizer;

  /**
   * Starts TensorFlow and writes the agent's program.
   *
   * @param random the run's root streams
   * @param folder takes one SavedModel per program; made if it does not exist
   * @throws IllegalArgumentException if the network cannot take the observations
   */
  public TensorFlowAgentFactory(
      NumericsSettings settings,
      RandomStreams random,
      ObservationSpace observationSpace,
      ActionSpace actions,
      Path folder) {
    this.settings = settings;
    this.random = random;
    this.folder = folder;
    objective = Objective.of(settings.objective(), actions.actions());
    observations = new Observations(observationSpace);
    interventions = interventions(settings, random, observationSpace, objective);
    network = interventions.network();
    device = ComputeDevice.choose(settings.device(), settings.cpu());
    try {
      optimizer =
          AgentProgram.export(
              agentFolder(),
              interventions,
              observations,
              objective,
              settings.optimizer(),
              settings.learner(),
              device.slices(),
              settings.trajectory());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the agent's program into " + folder, e);
    }
  }

  /**
   * Refuses settings with which no agent can be made for a task, without starting TensorFlow.
   *
   * @throws IllegalArgumentException if network, task and interventions do not fit together
   */
  public static void check(
      NumericsSettings settings,
      RandomStreams random,
      ObservationSpace observationSpace,
      ActionSpace actions) {
    Objective objective = Objective.of(settings.objective(), actions.actions());
    interventions(settings, random, observationSpace, objective);
  }

  private static Interventions interventions(
      NumericsSettings settings,
      RandomStreams random,
      ObservationSpace observationSpace,
      Objective objective) {
    Network plain = Networks.of(settings.network(), observationSpace, objective.outputs());
    return new Interventions(
        settings.interventions(),
        objective.agent(Interventions.prepared(settings.interventions(), plain)),
        new Observations(observationSpace),
        random);
  }

  @Override
  public Learner createLearner() {
    return new TensorFlowLearner(
        Program.load(agentFolder(), device),
        optimizer,
        observations,
        settings.learner(),
        network.drawsInTraining() ? OptionalLong.of(random.seed("dropout")) : OptionalLong.empty(),
        settings.walks() ? OptionalLong.of(random.seed("brownian")) : OptionalLong.empty(),
        interventions);
  }

  @Override
  public Policy createPolicy() {
    return new TensorFlowPolicy(
        Program.load(agentFolder(), device), network.layout(), observations);
  }

  @Override
  public synchronized Probe createProbe(String name) {
    ProbeParts parts =
        new ProbeParts(
            folder,
            device.forProbes(),
            network,
            observations,
            objective,
            settings.optimizer(),
            optimizer,
            settings.plasticity().frequency(),
            random);
    return switch (name) {
      case PlasticityProbe.NAME -> plasticity(parts);
      case HessianProbe.NAME -> HessianProbe.load(settings.hessian(), parts);
      case GradientCovarianceProbe.NAME ->
          GradientCovarianceProbe.load(settings.gradientCovariance(), parts);
      case LandscapeProbe.NAME -> LandscapeProbe.load(settings.landscape(), parts);
      case StatisticsProbe.NAME ->
          StatisticsProbe.load(
              settings.statistics(),
              parts,
              ParameterSnapshot.owning(0, network.layout(), interventions.initialParameters()));
      default ->
          throw new IllegalArgumentException(
              "there is no probe " + name + ", only " + String.join(", ", PROBES));
    };
  }

  private PlasticityProbe plasticity(ProbeParts parts) {
    int lanes = parts.device().lanes(settings.plasticity().targets());
    Path program =
        parts.program(
            PlasticityProbe.NAME + "-" + lanes, // the folder may be another machine's
            to ->
                PlasticityProbe.export(
                    to, settings.plasticity(), network, observations, settings.optimizer(), lanes));
    return PlasticityProbe.load(
        program,
        parts.device(),
        settings.plasticity(),
        network,
        observations,
        lanes,
        parts.streams(PlasticityProbe.NAME));
  }

  @Override
  public String device() {
    return device.remark().isEmpty() ? device.toString() : device + " (" + device.remark() + ")";
  }

  /** The tensors of the agent's network. */
  public ParameterLayout layout() {
    return network.layout();
  }

  /** The slots of the agent's optimiser. */
  public ParameterLayout optimizerLayout() {
    return optimizer;
  }

  @Override
  public void close() {
    // The programs are part of the run folder; what was made from them is closed by its owners.
  }

  private Path agentFolder() {
    return folder.resolve("agent");
  }
}
