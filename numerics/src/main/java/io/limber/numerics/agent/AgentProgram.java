package io.limber.numerics.agent;

import io.limber.core.agent.LearnerSettings;
import io.limber.core.agent.ParameterLayout;
import io.limber.numerics.intervention.InterventionGraph;
import io.limber.numerics.intervention.Interventions;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Observations;
import io.limber.numerics.network.ProgramParameters;
import io.limber.numerics.objective.ActionValues;
import io.limber.numerics.objective.Objective;
import io.limber.numerics.optimizer.Optimizer;
import io.limber.numerics.optimizer.OptimizerSettings;
import io.limber.numerics.optimizer.Optimizers;
import io.limber.numerics.runtime.ProgramBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * The program of a value-based agent. Its functions:
 *
 * <table>
 *   <caption>Functions; P parameters, K updates per call, B transitions each</caption>
 *   <tr><td>initialize</td><td>parameters [P] → online and target network; optimiser reset</td></tr>
 *   <tr><td>load</td><td>parameters [P] → online network</td></tr>
 *   <tr><td>act</td><td>observations [n, …] → greedy actions [n]</td></tr>
 *   <tr><td>update</td><td>s_tm1, a_tm1, r_t, discount_t, s_t [K·B, …] → loss [K], value [K]</td></tr>
 *   <tr><td>sync_target</td><td>target ← online</td></tr>
 *   <tr><td>read, read_target</td><td>→ parameters [P]</td></tr>
 *   <tr><td>scale_rate</td><td>factor [] → all further learning rates</td></tr>
 *   <tr><td>restart_optimizer</td><td>moments and step count as at the start</td></tr>
 *   <tr><td>save, restore</td><td>prefix of files ↔ all variables</td></tr>
 *   <tr><td>read_walk</td><td>→ parameters [P], where a random walk goes beside</td></tr>
 *   <tr><td>read_optimizer</td><td>→ slots [S], where the rule has slots</td></tr>
 * </table>
 */
final class AgentProgram {

  private AgentProgram() {}

  /**
   * Builds the program and writes it into {@code folder}.
   *
   * @param interventions whose network it is
   * @param slices parts that a large batch may be cut into, to be computed side by side
   * @param trajectory whether a coupled random walk goes beside the learner
   * @return what read_optimizer gives
   */
  static ParameterLayout export(
      Path folder,
      Interventions interventions,
      Observations observations,
      Objective objective,
      OptimizerSettings optimizer,
      LearnerSettings learner,
      int slices,
      Trajectory trajectory)
      throws IOException {
    Network network = interventions.network();
    try (ProgramBuilder program = new ProgramBuilder()) {
      ProgramParameters online = ProgramParameters.declare(program, network, "online");
      ProgramParameters target = ProgramParameters.declare(program, network, "target");
      InterventionGraph extras =
          interventions.graph(
              program,
              online,
              target,
              Optimizers.bind(optimizer, program, online.variables(), network.trained()));
      Optimizer rule = extras.rule();
      Optional<CoupledWalk> walk =
          trajectory == Trajectory.BROWNIAN
              ? Optional.of(CoupledWalk.declare(program, network))
              : Optional.empty();
      addExchange(program, online, target, extras, walk);
      extras.addFunctions(observations);
      addAct(program, network, observations, online);
      new UpdateGraph(
              program,
              network,
              observations,
              objective,
              learner,
              slices,
              online,
              target,
              extras,
              walk)
          .addFunction();
      program.addSaving();
      program.export(folder);
      return Optimizers.layout(optimizer, network.layout().architecture(), rule);
    }
  }

  private static void addExchange(
      ProgramBuilder program,
      ProgramParameters online,
      ProgramParameters target,
      InterventionGraph extras,
      Optional<CoupledWalk> walk) {
    Ops tf = program.tf();
    Optimizer rule = extras.rule();
    Placeholder<TFloat32> initial = online.flatInput(program);
    List<Op> initialize = new ArrayList<>(online.assignFlat(program, initial));
    initialize.addAll(target.assignFlat(program, initial));
    initialize.addAll(rule.reset());
    initialize.addAll(extras.initialize(online.split(tf, initial)));
    walk.ifPresent(w -> initialize.addAll(w.start(initial)));
    program.function("initialize", Map.of("parameters", initial), Map.of(), initialize);

    Placeholder<TFloat32> loaded = online.flatInput(program);
    program.function(
        "load", Map.of("parameters", loaded), Map.of(), online.assignFlat(program, loaded));
    program.function(
        "sync_target", Map.of(), Map.of(), program.assign(target.variables(), online.read(tf)));
    program.function("read", Map.of(), Map.of("parameters", online.readFlat(tf)), List.of());
    program.function("read_target", Map.of(), Map.of("parameters", target.readFlat(tf)), List.of());
    Placeholder<TFloat32> factor = program.input(TFloat32.class, Shape.scalar());
    program.function("scale_rate", Map.of("factor", factor), Map.of(), rule.scaleRate(factor));
    extras.addOptimizerRestart("restart_optimizer");
    walk.ifPresent(CoupledWalk::addRead);
    ProgramParameters slots = new ProgramParameters(rule.slots());
    if (!slots.variables().isEmpty()) {
      program.function("read_optimizer", Map.of(), Map.of("slots", slots.readFlat(tf)), List.of());
    }
  }

  private static void addAct(
      ProgramBuilder program,
      Network network,
      Observations observations,
      ProgramParameters online) {
    Ops tf = program.tf();
    Operand<? extends TNumber> input = observations.input(program, Shape.UNKNOWN_SIZE);
    Operand<TFloat32> values = network.apply(tf, observations.scaled(tf, input), online.read(tf));
    program.function(
        "act",
        Map.of("observations", input),
        Map.of("actions", ActionValues.greedy(tf, values)),
        List.of());
  }
}
