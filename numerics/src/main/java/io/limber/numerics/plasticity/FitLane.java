package io.limber.numerics.plasticity;

import io.limber.numerics.network.Network;
import io.limber.numerics.network.ProgramParameters;
import io.limber.numerics.optimizer.Optimizer;
import io.limber.numerics.optimizer.OptimizerSettings;
import io.limber.numerics.optimizer.Optimizers;
import io.limber.numerics.runtime.ProgramBuilder;
import io.limber.numerics.runtime.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * One of the networks that a {@link FitGraph} fits side by side. Lanes share the observations and
 * nothing else, so that each computes the same numbers whatever runs beside it.
 */
final class FitLane {

  /**
   * The steps of one call.
   *
   * @param rows which observations they see, [K·B]
   * @param losses before each step, [K]
   * @param done after the last
   */
  record Steps(Placeholder<TInt32> rows, Operand<TFloat32> losses, List<Op> done) {}

  private final ProgramBuilder program;
  private final Ops tf;
  private final Network network;
  private final int index;
  private final Variable observations;
  private final ProgramParameters parameters;
  private final Variable targets;
  private final Optimizer rule;

  /**
   * @param observations numbers of all observations [n, …]
   */
  FitLane(
      ProgramBuilder program,
      Network network,
      OptimizerSettings optimizer,
      Variable observations,
      int index) {
    this.program = program;
    this.network = network;
    this.index = index;
    this.observations = observations;
    tf = program.tf();
    parameters = ProgramParameters.declare(program, network, "fitted-" + index);
    Shape shape = Shape.of(observations.shape().get(0), network.outputShape().get(0));
    targets = program.variable("targets-" + index, shape);
    rule = Optimizers.bind(optimizer, program, parameters.variables(), network.trained());
  }

  /** The functions of this lane alone. */
  void addFunctions() {
    Placeholder<TFloat32> initial = parameters.flatInput(program);
    Placeholder<TFloat32> wanted = program.input(TFloat32.class, targets.shape());
    List<Op> effects = new ArrayList<>(parameters.assignFlat(program, initial));
    effects.addAll(rule.reset());
    effects.addAll(program.assign(List.of(targets), List.of(wanted)));
    program.function(
        "initialize-" + index, Map.of("parameters", initial, "targets", wanted), Map.of(), effects);
    ProgramParameters slots = new ProgramParameters(rule.slots());
    if (!slots.variables().isEmpty()) {
      Placeholder<TFloat32> state = slots.flatInput(program);
      program.function(
          "carry-" + index, Map.of("slots", state), Map.of(), slots.assignFlat(program, state));
    }
    addOutputs("outputs-", Map.of(), parameters.read(tf));
    addOutputs("predict-", Map.of("parameters", initial), parameters.split(tf, initial));
  }

  private void addOutputs(
      String name, Map<String, Operand<?>> inputs, List<Operand<TFloat32>> values) {
    Operand<TFloat32> outputs = network.apply(tf, observations.read(tf), values);
    program.function(name + index, inputs, Map.of("outputs", outputs), List.of());
  }

  /** The optimiser's steps of one call, one after another. */
  Steps steps(FitShape shape) {
    Placeholder<TInt32> rows = program.input(TInt32.class, Shape.of(shape.rowsPerCall()));
    List<Operand<TFloat32>> losses = new ArrayList<>();
    List<Op> done = List.of();
    for (int from = 0; from < shape.rowsPerCall(); from += shape.batchSize()) {
      Operand<TInt32> batch =
          tf.slice(rows, tf.constant(new int[] {from}), tf.constant(new int[] {shape.batchSize()}));
      done = addStep(batch, done, losses);
    }
    return new Steps(rows, tf.stack(losses), done);
  }

  private List<Op> addStep(
      Operand<TInt32> batch, List<Op> previous, List<Operand<TFloat32>> losses) {
    // Batches are gathered when their turn comes, so that they are still in the cache when used.
    Ops following = previous.isEmpty() ? tf : tf.withControlDependencies(previous);
    Operand<TFloat32> x = gather(following, observations, batch);
    Operand<TFloat32> y = gather(following, targets, batch);
    List<Operand<TFloat32>> values = parameters.read(following);
    Operand<TFloat32> error = tf.math.sub(network.apply(tf, x, values), y);
    Operand<TFloat32> loss = tf.math.mean(tf.math.square(error), tf.constant(new int[] {0, 1}));
    losses.add(loss);
    return rule.step(following, network.gradients(tf, loss, values));
  }

  private static Operand<TFloat32> gather(Ops tf, Variable rows, Operand<TInt32> which) {
    return tf.gather(rows.read(tf), which, tf.constant(0));
  }
}
