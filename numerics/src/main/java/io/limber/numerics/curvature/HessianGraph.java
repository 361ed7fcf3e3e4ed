package io.limber.numerics.curvature;

import io.limber.numerics.network.Network;
import io.limber.numerics.network.Observations;
import io.limber.numerics.network.ProgramParameters;
import io.limber.numerics.runtime.ProgramBuilder;
import io.limber.numerics.runtime.Variable;
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
 * The program of derivatives of one loss over one batch. Its functions:
 *
 * <table>
 *   <caption>Functions; P parameters, T targets per row</caption>
 *   <tr><td>fix</td><td>parameters [P], observations [n, …], given [n, T] → targets [n, T]</td></tr>
 *   <tr><td>prepare</td><td>parameters [P], observations, targets, weight → loss</td></tr>
 *   <tr><td>loss</td><td>parameters [P] → loss over the prepared batch</td></tr>
 *   <tr><td>gradient</td><td>→ loss, gradient [P]</td></tr>
 *   <tr><td>product</td><td>direction [P] → product [P]</td></tr>
 * </table>
 *
 * <p>Losses are weighted sums over rows. A product is the derivative of a forward and a backward
 * pass along the direction (Pearlmutter 1994); the pass itself does not change from product to
 * product, so prepare keeps it.
 */
final class HessianGraph {

  private final ProgramBuilder program;
  private final Ops tf;
  private final Network network;
  private final Observations observations;
  private final OutputLoss loss;
  private final ProgramParameters parameters;
  private final SavedPass saved;
  private final Variable targets;
  private final Variable weight;

  private HessianGraph(
      ProgramBuilder program, Network network, Observations observations, OutputLoss loss) {
    this.program = program;
    this.network = network;
    this.observations = observations;
    this.loss = loss;
    tf = program.tf();
    parameters = ProgramParameters.declare(program, network, "probed");
    saved = new SavedPass(program, network);
    targets = program.variable("targets", targetShape());
    weight = program.variable("weight", Shape.scalar());
  }

  /** Builds the program and writes it into {@code folder}. */
  static void export(Path folder, Network network, Observations observations, OutputLoss loss)
      throws IOException {
    try (ProgramBuilder program = new ProgramBuilder()) {
      HessianGraph graph = new HessianGraph(program, network, observations, loss);
      graph.addFix();
      graph.addLoss();
      graph.addGradient();
      graph.addProduct();
      graph.addPrepare(); // last: it saves what the others read
      program.export(folder);
    }
  }

  private void addFix() {
    Placeholder<TFloat32> flat = parameters.flatInput(program);
    Operand<? extends TNumber> input = observations.input(program, Shape.UNKNOWN_SIZE);
    Placeholder<TFloat32> given = program.input(TFloat32.class, targetShape());
    Operand<TFloat32> outputs =
        network.apply(tf, observations.scaled(tf, input), parameters.split(tf, flat));
    program.function(
        "fix",
        Map.of("parameters", flat, "observations", input, "given", given),
        Map.of("targets", loss.fix(tf, outputs, given)),
        List.of());
  }

  private void addPrepare() {
    Placeholder<TFloat32> flat = parameters.flatInput(program);
    Operand<? extends TNumber> input = observations.input(program, Shape.UNKNOWN_SIZE);
    Placeholder<TFloat32> y = program.input(TFloat32.class, targetShape());
    Placeholder<TFloat32> scale = program.input(TFloat32.class, Shape.scalar());
    List<Operand<TFloat32>> values = parameters.split(tf, flat);
    LivePass pass = new LivePass(tf, network, observations.scaled(tf, input), values);
    pass.backward(tf.math.mul(scale, loss.gradient(tf, pass.outputs(), y)));
    List<Op> effects = new ArrayList<>(program.assign(parameters.variables(), values));
    effects.addAll(saved.save(pass));
    effects.addAll(program.assign(List.of(targets, weight), List.of(y, scale)));
    program.function(
        "prepare",
        Map.of("parameters", flat, "observations", input, "targets", y, "weight", scale),
        Map.of("loss", sum(loss.rows(tf, pass.outputs(), y), scale)),
        effects);
  }

  private void addLoss() {
    Placeholder<TFloat32> flat = parameters.flatInput(program);
    program.function(
        "loss",
        Map.of("parameters", flat),
        Map.of("loss", lossAt(parameters.split(tf, flat))),
        List.of());
  }

  private void addGradient() {
    List<Operand<TFloat32>> values = parameters.read(tf);
    Operand<TFloat32> total = lossAt(values);
    Gradients derivatives =
        Gradients.create(
            tf.scope(), List.of(total), values, Gradients.dx(List.of(tf.constant(1f))));
    List<Operand<TFloat32>> parts = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      parts.add(derivatives.dy(i));
    }
    program.function(
        "gradient",
        Map.of(),
        Map.of("loss", total, "gradient", ProgramParameters.join(tf, parts)),
        List.of());
  }

  private void addProduct() {
    Placeholder<TFloat32> flat = parameters.flatInput(program);
    List<Operand<TFloat32>> values = parameters.read(tf);
    List<Operand<TFloat32>> moves = parameters.split(tf, flat);
    DirectionalPass pass = new DirectionalPass(tf, network, saved, values, moves);
    Operand<TFloat32> outputs = saved.activation(network.stages().size());
    Operand<TFloat32> delta =
        tf.math.mul(weight.read(tf), loss.product(tf, outputs, targets.read(tf), pass.outputs()));
    program.function(
        "product",
        Map.of("direction", flat),
        Map.of("product", ProgramParameters.join(tf, pass.gradients(delta))),
        List.of());
  }

  private Operand<TFloat32> lossAt(List<Operand<TFloat32>> values) {
    Operand<TFloat32> outputs = network.apply(tf, saved.activation(0), values);
    return sum(loss.rows(tf, outputs, targets.read(tf)), weight.read(tf));
  }

  private Operand<TFloat32> sum(Operand<TFloat32> rows, Operand<TFloat32> scale) {
    return tf.math.mul(scale, tf.reduceSum(rows, tf.constant(0)));
  }

  private Shape targetShape() {
    return Shape.of(Shape.UNKNOWN_SIZE, loss.targetWidth(network.outputShape().get(0)));
  }
}
