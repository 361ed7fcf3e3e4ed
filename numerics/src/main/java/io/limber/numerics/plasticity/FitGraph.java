package io.limber.numerics.plasticity;

import io.limber.numerics.network.Network;
import io.limber.numerics.network.Observations;
import io.limber.numerics.optimizer.OptimizerSettings;
import io.limber.numerics.runtime.ProgramBuilder;
import io.limber.numerics.runtime.Variable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Writes the program that fits networks to given targets by mean squared error, in L lanes side by
 * side. Its functions:
 *
 * <table>
 *   <caption>Functions; P parameters, n observations, K steps per call, B rows each, A outputs
 *   </caption>
 *   <tr><td>load</td><td>observations [n, …], kept for all that follows</td></tr>
 *   <tr><td>initialize-l</td><td>parameters [P], targets [n, A]; lane l's optimiser reset</td></tr>
 *   <tr><td>carry-l</td><td>slots [S] of lane l's optimiser, where the rule has any</td></tr>
 *   <tr><td>fit-m</td><td>rows-l [K·B] → loss-l [K] before each step, for the first m lanes</td></tr>
 *   <tr><td>outputs-l</td><td>→ outputs [n, A] of lane l as it is</td></tr>
 *   <tr><td>predict-l</td><td>parameters [P] → outputs [n, A] with them, changing nothing</td></tr>
 * </table>
 */
final class FitGraph {

  private final ProgramBuilder program;
  private final Ops tf;
  private final Network network;
  private final Observations observations;
  private final FitShape shape;
  private final Variable numbers;

  private FitGraph(
      ProgramBuilder program, Network network, Observations observations, FitShape shape) {
    this.program = program;
    this.network = network;
    this.observations = observations;
    this.shape = shape;
    tf = program.tf();
    LongStream example = network.inputShape().stream().mapToLong(Integer::longValue);
    long[] sizes = LongStream.concat(LongStream.of(shape.transitions()), example).toArray();
    numbers = program.variable("observations", Shape.of(sizes));
  }

  /** Builds the program and writes it into {@code folder}. */
  static void export(
      Path folder,
      Network network,
      Observations observations,
      OptimizerSettings optimizer,
      FitShape shape)
      throws IOException {
    try (ProgramBuilder program = new ProgramBuilder()) {
      FitGraph graph = new FitGraph(program, network, observations, shape);
      graph.addLoad();
      graph.addLanes(optimizer);
      program.export(folder);
    }
  }

  /** Turns bytes into numbers once, not once per batch. */
  private void addLoad() {
    Operand<? extends TNumber> input = observations.input(program, shape.transitions());
    program.function(
        "load",
        Map.of("observations", input),
        Map.of(),
        program.assign(List.of(numbers), List.of(observations.scaled(tf, input))));
  }

  /** Functions of the first m lanes share their operations: a session runs what is asked for. */
  private void addLanes(OptimizerSettings optimizer) {
    Map<String, Operand<?>> rows = new HashMap<>();
    Map<String, Operand<?>> losses = new HashMap<>();
    List<Op> done = new ArrayList<>();
    for (int index = 0; index < shape.lanes(); index++) {
      FitLane lane = new FitLane(program, network, optimizer, numbers, index);
      lane.addFunctions();
      FitLane.Steps steps = lane.steps(shape);
      rows.put("rows-" + index, steps.rows());
      losses.put("loss-" + index, steps.losses());
      done.addAll(steps.done());
      program.function("fit-" + (index + 1), rows, losses, List.copyOf(done));
    }
  }
}
