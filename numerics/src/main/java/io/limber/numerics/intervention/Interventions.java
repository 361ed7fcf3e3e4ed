package io.limber.numerics.intervention;

import io.limber.core.agent.LearnerSettings;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.random.RandomStreams;
import io.limber.core.random.SeededRandom;
import io.limber.numerics.network.InjectedHead;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Observations;
import io.limber.numerics.network.ProgramParameters;
import io.limber.numerics.optimizer.Optimizer;
import io.limber.numerics.runtime.Program;
import io.limber.numerics.runtime.ProgramBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The interventions of one agent: what they make of its network, of its program, and of a running
 * learner. Where none is on, all three are as without this class.
 */
public final class Interventions {

  private static final String ROOT = "limber.interventions.";

  private final InterventionSettings settings;
  private final Network network;
  private final Observations observations;
  private final RandomStreams random;

  /**
   * @param network the agent's, made of what {@link #prepared} gives
   * @param random the run's root streams
   * @throws InvalidSettingException if an intervention cannot work on this network
   */
  public Interventions(
      InterventionSettings settings,
      Network network,
      Observations observations,
      RandomStreams random) {
    this.settings = settings;
    this.network = network;
    this.observations = observations;
    this.random = random;
    checkLayers();
    checkUnits();
    if (settings.nap().when().isOn() && !network.normalisesUnits()) {
      throw InvalidSettingException.of(
          ROOT + "nap",
          ROOT
              + "nap needs a layer norm before every nonlinearity, or projecting weights changes"
              + " what the network computes; set limber.network.layer-norm");
    }
  }

  /**
   * The architecture to train: the configured one, with room for an injection where that is on.
   *
   * @throws InvalidSettingException if there is no room
   */
  public static Network prepared(InterventionSettings settings, Network plain) {
    InterventionSettings.PlasticityInjection injection = settings.plasticityInjection();
    if (!injection.when().isOn()) {
      return plain;
    }
    try {
      return InjectedHead.of(plain, injection.headLayers());
    } catch (IllegalArgumentException e) {
      throw InvalidSettingException.of(
          ROOT + InjectPlasticity.NAME,
          ROOT + InjectPlasticity.NAME + ".head-layers: " + e.getMessage());
    }
  }

  private void checkLayers() {
    List<String> names =
        network.stages().stream()
            .filter(stage -> stage.hasParameters() && stage.layer().isTrained())
            .map(network::name)
            .toList();
    for (String layer : settings.shrinkAndPerturb().layers()) {
      if (!names.contains(layer)) {
        throw new InvalidSettingException(
            ROOT + ShrinkWeights.NAME + ".layers",
            layer,
            "name layers of the network: " + names.stream().collect(Collectors.joining(", ")));
      }
    }
  }

  private void checkUnits() {
    boolean needed = settings.redo().when().isOn() || settings.continualBackprop().isOn();
    if (needed && network.unitGroups().isEmpty()) {
      throw InvalidSettingException.of(
          ROOT + RecycleDormantUnits.NAME,
          ROOT
              + RecycleDormantUnits.NAME
              + " and continual-backprop need hidden units between two kernels; this network has"
              + " none");
    }
  }

  /** The agent's network. */
  public Network network() {
    return network;
  }

  /** The first parameters, as the interventions want them. */
  public float[] initialParameters() {
    float[] initial = network.initialise(random.stream("initialisation"));
    if (settings.spectralNormalisation()) {
      double sigma = firstSingularVector(initial).value();
      int from = network.layout().offset(network.firstLinear().from());
      int to = network.layout().offset(network.firstLinear().from() + 1);
      for (int i = from; i < to; i++) {
        initial[i] = (float) (initial[i] / sigma);
      }
    }
    return initial;
  }

  private FirstSingularVector firstSingularVector(float[] parameters) {
    int kernel = network.firstLinear().from();
    List<Integer> shape = network.parameters().get(kernel).shape();
    int columns = shape.get(shape.size() - 1);
    return FirstSingularVector.of(
        parameters,
        network.layout().offset(kernel),
        network.parameters().get(kernel).size() / columns,
        columns);
  }

  /** Puts into a program under construction what the interventions need in it. */
  public InterventionGraph graph(
      ProgramBuilder program, ProgramParameters online, ProgramParameters target, Optimizer rule) {
    return new InterventionGraph(
        settings,
        network,
        program,
        online,
        target,
        rule,
        settings.spectralNormalisation()
            ? firstSingularVector(initialParameters()).right()
            : new float[0]);
  }

  /**
   * Follows a learner.
   *
   * @param program the learner's, initialised
   * @param learner counts its steps
   */
  public InterventionSchedule open(Program program, LearnerSettings learner) {
    AgentTensors tensors = new AgentTensors(program, network);
    InterventionSchedule schedule = new InterventionSchedule(learner.targetUpdatePeriod());
    settings
        .triggers()
        .forEach(
            (name, trigger) -> {
              SeededRandom draws = random.stream("intervention-" + name);
              schedule.add(name, trigger, draws, treatment(name, program, tensors, draws));
            });
    return schedule;
  }

  private Treatment treatment(
      String name, Program program, AgentTensors tensors, SeededRandom draws) {
    return switch (name) {
      case InjectPlasticity.NAME -> new InjectPlasticity(network, tensors, draws);
      case RecycleDormantUnits.NAME ->
          new RecycleDormantUnits(
              settings.redo().dormantThreshold(),
              network,
              observations,
              program,
              tensors,
              settings.continualBackprop().isOn()
                  ? Optional.of(new UnitHistory(program, network))
                  : Optional.empty(),
              draws);
      case ReplaceUselessUnits.NAME ->
          new ReplaceUselessUnits(
              settings.continualBackprop(),
              network,
              new UnitHistory(program, network),
              tensors,
              draws);
      case ResetLastLayer.NAME -> new ResetLastLayer(network, tensors, draws);
      case ShrinkWeights.NAME ->
          new ShrinkWeights(settings.shrinkAndPerturb(), network, tensors, draws);
      case ProjectWeights.NAME ->
          new ProjectWeights(settings.nap(), network, tensors, initialParameters());
      case ClearOptimizer.NAME -> new ClearOptimizer(program);
      default -> throw new IllegalArgumentException("there is no intervention " + name);
    };
  }
}
