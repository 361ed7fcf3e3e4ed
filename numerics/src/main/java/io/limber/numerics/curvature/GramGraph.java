package io.limber.numerics.curvature;

import io.limber.numerics.network.Network;
import io.limber.numerics.network.Network.Stage;
import io.limber.numerics.network.Observations;
import io.limber.numerics.network.ProgramParameters;
import io.limber.numerics.runtime.ProgramBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * The program of inner products of per-example gradients. Its functions:
 *
 * <table>
 *   <caption>Functions; P parameters, T targets per row</caption>
 *   <tr><td>load</td><td>parameters [P]</td></tr>
 *   <tr><td>gram</td><td>observations [n, …], targets [n, T] → gram [n, n]</td></tr>
 *   <tr><td>hold</td><td>observations [m, …], targets [m, T]; kept for cross</td></tr>
 *   <tr><td>cross</td><td>observations [n, …], targets [n, T] → gram [m, n] with those held</td></tr>
 * </table>
 */
final class GramGraph {

  private final ProgramBuilder program;
  private final Ops tf;
  private final Network network;
  private final Observations observations;
  private final OutputLoss loss;
  private final ProgramParameters parameters;
  private final List<Operand<TFloat32>> values;

  private GramGraph(
      ProgramBuilder program, Network network, Observations observations, OutputLoss loss) {
    this.program = program;
    this.network = network;
    this.observations = observations;
    this.loss = loss;
    tf = program.tf();
    parameters = ProgramParameters.declare(program, network, "probed");
    values = parameters.read(tf);
  }

  /** Builds the program and writes it into {@code folder}. */
  static void export(Path folder, Network network, Observations observations, OutputLoss loss)
      throws IOException {
    if (network.couplesExamples()) {
      throw new IllegalArgumentException(
          "there are no gradients of single examples where a layer takes statistics over the batch,"
              + " as in "
              + network.layout().architecture());
    }
    try (ProgramBuilder program = new ProgramBuilder()) {
      GramGraph graph = new GramGraph(program, network, observations, loss);
      Placeholder<TFloat32> flat = graph.parameters.flatInput(program);
      program.function(
          "load", Map.of("parameters", flat), Map.of(), graph.parameters.assignFlat(program, flat));
      Examples own = graph.new Examples();
      program.function(
          "gram", own.inputs(), Map.of("gram", graph.gram(own.pass, own.pass)), List.of());
      SavedPass held = new SavedPass(program, network);
      Examples others = graph.new Examples();
      program.function(
          "cross", others.inputs(), Map.of("gram", graph.gram(held, others.pass)), List.of());
      Examples kept = graph.new Examples();
      program.function("hold", kept.inputs(), Map.of(), held.save(kept.pass));
      program.export(folder);
    }
  }

  private Operand<TFloat32> gram(Pass rows, Pass columns) {
    Operand<TFloat32> sum = tf.constant(0f);
    for (Stage stage : network.stages()) {
      if (stage.hasParameters()) {
        List<Operand<TFloat32>> own = stage.own(values);
        sum =
            tf.math.add(
                sum, stage.layer().gradientGram(tf, rows.at(stage, own), columns.at(stage, own)));
      }
    }
    return sum;
  }

  /** Fed rows and their forward and backward pass; each row's loss has weight 1. */
  private final class Examples {

    private final Operand<? extends TNumber> input =
        observations.input(program, Shape.UNKNOWN_SIZE);
    private final Placeholder<TFloat32> targets =
        program.input(
            TFloat32.class,
            Shape.of(Shape.UNKNOWN_SIZE, loss.targetWidth(network.outputShape().get(0))));
    private final LivePass pass = new LivePass(tf, network, observations.scaled(tf, input), values);

    private Examples() {
      Operand<TFloat32> outputs = pass.outputs();
      pass.backward(loss.gradient(tf, outputs, loss.fix(tf, outputs, targets)));
    }

    private Map<String, Operand<?>> inputs() {
      return Map.of("observations", input, "targets", targets);
    }
  }
}
