package io.limber.numerics.intervention;

import io.limber.numerics.network.Network;
import io.limber.numerics.network.Observations;
import io.limber.numerics.network.ProgramParameters;
import io.limber.numerics.optimizer.Optimizer;
import io.limber.numerics.runtime.ProgramBuilder;
import io.limber.numerics.runtime.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * What interventions add to an agent's program: terms and projections around the optimiser, what an
 * update keeps of its units, and functions for {@link InterventionSchedule}.
 */
public final class InterventionGraph {

  private final InterventionSettings settings;
  private final Network network;
  private final ProgramBuilder program;
  private final ProgramParameters online;
  private final ProgramParameters target;
  private final Optional<L2Init> l2Init;
  private final Optional<SpectralNormalisation> spectral;
  private final Optional<UnitUtilities> utilities;
  private final Optimizer rule;
  private final float[] singularVector;

  /**
   * @param singularVector of the first kernel at the start; empty where it is not normalised
   */
  InterventionGraph(
      InterventionSettings settings,
      Network network,
      ProgramBuilder program,
      ProgramParameters online,
      ProgramParameters target,
      Optimizer plain,
      float[] singularVector) {
    this.settings = settings;
    this.network = network;
    this.program = program;
    this.online = online;
    this.target = target;
    this.singularVector = singularVector;
    List<Variable> parameters = online.variables();
    l2Init =
        settings.l2Init() > 0
            ? Optional.of(new L2Init(program, parameters, network.trained(), settings.l2Init()))
            : Optional.empty();
    spectral =
        settings.spectralNormalisation()
            ? Optional.of(
                new SpectralNormalisation(
                    plain, program, parameters.get(network.firstLinear().from())))
            : Optional.empty();
    rule = spectral.isPresent() ? spectral.get() : plain;
    utilities =
        settings.continualBackprop().isOn()
            ? Optional.of(new UnitUtilities(program, settings.continualBackprop(), network))
            : Optional.empty();
  }

  /** The rule to step with. */
  public Optimizer rule() {
    return rule;
  }

  /** All that interventions keep in the program. */
  private List<Variable> state() {
    List<Variable> state = new ArrayList<>();
    l2Init.ifPresent(term -> state.addAll(term.anchors()));
    spectral.ifPresent(projection -> state.add(projection.direction()));
    utilities.ifPresent(units -> state.addAll(units.variables()));
    return state;
  }

  /**
   * Brings {@link #state} to its start.
   *
   * @param parameters the first parameters, in the layout's order
   */
  public List<Op> initialize(List<Operand<TFloat32>> parameters) {
    Ops tf = program.tf();
    List<Operand<TFloat32>> values = new ArrayList<>();
    l2Init.ifPresent(term -> network.trained().forEach(i -> values.add(parameters.get(i))));
    spectral.ifPresent(
        projection ->
            values.add(tf.reshape(tf.constant(singularVector), tf.constant(new int[] {-1, 1}))));
    utilities.ifPresent(
        units ->
            units
                .variables()
                .forEach(
                    v -> values.add(tf.zeros(tf.constant(v.shape().asArray()), TFloat32.class))));
    return program.assign(state(), values);
  }

  /**
   * The gradients of the loss with the terms that interventions add to it.
   *
   * @param parameters at which the loss was differentiated, all of them
   * @param gradients of those that are trained
   */
  public List<Operand<TFloat32>> gradients(
      List<? extends Operand<TFloat32>> parameters, List<Operand<TFloat32>> gradients) {
    return l2Init.map(term -> term.add(program.tf(), parameters, gradients)).orElse(gradients);
  }

  /**
   * Sees one update's forward pass.
   *
   * @param tf carries the control dependencies after which the update before is done
   * @param places what the whole batch gave at a place of the network
   * @param parameters of the forward pass
   * @return what the next update waits for; it runs beside the backward pass
   */
  public List<Op> observe(
      Ops tf, IntFunction<Operand<TFloat32>> places, List<? extends Operand<TFloat32>> parameters) {
    return utilities.map(units -> units.observe(tf, places, parameters)).orElse(List.of());
  }

  /** Adds the function {@code name}, which brings moments and step count to their start. */
  public void addOptimizerRestart(String name) {
    ClearOptimizer.addRecovery(program, name, rule, online.variables().size());
  }

  /** Adds the functions that firings call. */
  public void addFunctions(Observations observations) {
    if (settings.triggers().isEmpty()) {
      return;
    }
    new TensorFunctions(program, online.variables(), rule).add();
    if (settings.resetOptimizer().when().isOn()) {
      ClearOptimizer.addFunction(
          program, rule, online.variables().size(), settings.resetOptimizer().slots());
    }
    if (settings.redo().when().isOn()) {
      UnitActivities.addFunction(program, network, observations, online);
    }
    utilities.ifPresent(UnitUtilities::addFunctions);
    if (settings.plasticityInjection().when().isOn()) {
      Placeholder<TFloat32> loaded = target.flatInput(program);
      program.function(
          "load_target",
          Map.of("parameters", loaded),
          Map.of(),
          target.assignFlat(program, loaded));
    }
  }
}
