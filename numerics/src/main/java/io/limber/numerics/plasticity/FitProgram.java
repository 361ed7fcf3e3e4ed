package io.limber.numerics.plasticity;

import io.limber.numerics.network.Network;
import io.limber.numerics.network.Observations;
import io.limber.numerics.network.ProgramParameters;
import io.limber.numerics.optimizer.Optimizer;
import io.limber.numerics.optimizer.OptimizerSettings;
import io.limber.numerics.optimizer.Optimizers;
import io.limber.numerics.runtime.ProgramBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * The program that fits a network to given targets by mean squared error. Its functions:
 *
 * <table>
 *   <caption>Functions; P parameters, K steps per call, B rows each, A outputs</caption>
 *   <tr><td>initialize</td><td>parameters [P]; optimiser reset</td></tr>
 *   <tr><td>fit</td><td>observations [K·B, …], targets [K·B, A] → loss [K], before each step</td></tr>
 *   <tr><td>outputs</td><td>observations [n, …] → outputs [n, A]</td></tr>
 * </table>
 */
final class FitProgram {

  private final ProgramBuilder program;
  private final Ops tf;
  private final Network network;
  private final Observations observations;
  private final ProgramParameters parameters;
  private final Optimizer rule;

  private FitProgram(
      ProgramBuilder program,
      Network network,
      Observations observations,
      OptimizerSettings optimizer) {
    this.program = program;
    this.network = network;
    this.observations = observations;
    tf = program.tf();
    parameters = ProgramParameters.declare(program, network, "fitted");
    rule = Optimizers.bind(optimizer, program, parameters.variables(), network.trained());
  }

  /** Builds the program and writes it into {@code folder}. */
  static void export(
      Path folder,
      Network network,
      Observations observations,
      OptimizerSettings optimizer,
      int stepsPerCall,
      int batchSize)
      throws IOException {
    try (ProgramBuilder program = new ProgramBuilder()) {
      FitProgram fit = new FitProgram(program, network, observations, optimizer);
      fit.addInitialize();
      fit.addOutputs();
      fit.addFit(stepsPerCall, batchSize);
      program.export(folder);
    }
  }

  private void addInitialize() {
    Placeholder<TFloat32> initial = parameters.flatInput(program);
    List<Op> effects = new ArrayList<>(parameters.assignFlat(program, initial));
    effects.addAll(rule.reset());
    program.function("initialize", Map.of("parameters", initial), Map.of(), effects);
  }

  private void addOutputs() {
    Operand<? extends TNumber> input = observations.input(program, Shape.UNKNOWN_SIZE);
    Operand<TFloat32> outputs =
        network.apply(tf, observations.scaled(tf, input), parameters.read(tf));
    program.function(
        "outputs", Map.of("observations", input), Map.of("outputs", outputs), List.of());
  }

  private void addFit(int stepsPerCall, int batchSize) {
    int rows = stepsPerCall * batchSize;
    int width = network.outputShape().get(0);
    Operand<? extends TNumber> input = observations.input(program, rows);
    Operand<TFloat32> numbers = observations.scaled(tf, input);
    Placeholder<TFloat32> targets = program.input(TFloat32.class, Shape.of(rows, width));
    List<Operand<TFloat32>> losses = new ArrayList<>();
    List<Op> done = List.of();
    for (int from = 0; from < rows; from += batchSize) {
      Operand<TFloat32> x = observations.rows(tf, numbers, from, batchSize);
      Operand<TFloat32> y =
          tf.slice(
              targets, tf.constant(new int[] {from, 0}), tf.constant(new int[] {batchSize, width}));
      done = addStep(x, y, done, losses);
    }
    program.function(
        "fit",
        Map.of("observations", input, "targets", targets),
        Map.of("loss", tf.stack(losses)),
        done);
  }

  private List<Op> addStep(
      Operand<TFloat32> x, Operand<TFloat32> y, List<Op> previous, List<Operand<TFloat32>> losses) {
    Ops following = previous.isEmpty() ? tf : tf.withControlDependencies(previous);
    List<Operand<TFloat32>> values = parameters.read(following);
    Operand<TFloat32> error = tf.math.sub(network.apply(tf, x, values), y);
    Operand<TFloat32> loss = tf.math.mean(tf.math.square(error), tf.constant(new int[] {0, 1}));
    losses.add(loss);
    Gradients derivatives =
        Gradients.create(tf.scope(), List.of(loss), values, Gradients.dx(List.of(tf.constant(1f))));
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      gradients.add(derivatives.dy(i));
    }
    return rule.step(following, gradients);
  }
}
