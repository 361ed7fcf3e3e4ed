package io.limber.numerics.probe;

import io.limber.core.agent.ParameterSnapshot;
import io.limber.numerics.network.FlatParameters;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.ProgramParameters;
import io.limber.numerics.optimizer.Optimizer;
import io.limber.numerics.optimizer.OptimizerSettings;
import io.limber.numerics.optimizer.Optimizers;
import io.limber.numerics.runtime.ComputeDevice;
import io.limber.numerics.runtime.Function;
import io.limber.numerics.runtime.Program;
import io.limber.numerics.runtime.ProgramBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * One step of the main task's optimiser from a given state with a given gradient. Not thread-safe.
 */
final class StepProgram implements AutoCloseable {

  private final Program program;
  private final Function step;
  private final FlatParameters parameters;
  private final FlatParameters gradient;

  private StepProgram(Program program, Network network) {
    this.program = program;
    step = program.function("step");
    parameters = new FlatParameters(network.layout());
    gradient = new FlatParameters(network.layout());
  }

  /** A session of its own for the program of these parts. */
  static StepProgram load(ProbeParts parts) {
    Path folder = parts.program("step", to -> export(to, parts.network(), parts.optimizer()));
    return load(folder, parts.device(), parts.network());
  }

  private static StepProgram load(Path folder, ComputeDevice device, Network network) {
    return new StepProgram(Program.load(folder, device), network);
  }

  private static void export(Path folder, Network network, OptimizerSettings optimizer) {
    try (ProgramBuilder program = new ProgramBuilder()) {
      add(program, network, optimizer);
      program.export(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the optimiser step's program", e);
    }
  }

  private static void add(ProgramBuilder program, Network network, OptimizerSettings optimizer) {
    ProgramParameters parameters = ProgramParameters.declare(program, network, "stepped");
    Optimizer rule = Optimizers.bind(optimizer, program, parameters.variables(), network.trained());
    Placeholder<TFloat32> start = parameters.flatInput(program);
    Placeholder<TFloat32> gradient = parameters.flatInput(program);
    Map<String, Operand<?>> inputs = new LinkedHashMap<>();
    inputs.put("parameters", start);
    inputs.put("gradient", gradient);
    List<Op> loaded = new ArrayList<>(parameters.assignFlat(program, start));
    ProgramParameters slots = new ProgramParameters(rule.slots());
    if (!slots.variables().isEmpty()) {
      Placeholder<TFloat32> state = slots.flatInput(program);
      inputs.put("slots", state);
      loaded.addAll(slots.assignFlat(program, state));
    }
    Ops tf = program.tf();
    // rules order their changes after the gradients, so these must come after the loading
    Ops afterLoading = tf.withControlDependencies(loaded);
    List<Operand<TFloat32>> gradients = parameters.split(tf, afterLoading.identity(gradient));
    List<Op> done =
        rule.step(afterLoading, network.trained().stream().map(gradients::get).toList());
    Operand<TFloat32> after = parameters.readFlat(tf.withControlDependencies(done));
    program.function("step", inputs, Map.of("parameters", after), List.of());
  }

  /**
   * The parameters after the step.
   *
   * @param start before it
   * @param state the optimiser's slots
   * @param direction the gradient [P]
   * @return [P]
   */
  float[] step(ParameterSnapshot start, ParameterSnapshot state, float[] direction) {
    return step.call(
            in -> {
              in.float32("parameters", parameters.of(start), start.layout().size());
              in.float32("gradient", gradient.of(direction), direction.length);
              if (state.layout().size() > 0) {
                in.float32(
                    "slots", new FlatParameters(state.layout()).of(state), state.layout().size());
              }
            })
        .floats("parameters");
  }

  @Override
  public void close() {
    program.close();
  }
}
