package io.limber.numerics.curvature;

import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.replay.Transitions;
import io.limber.numerics.network.FlatParameters;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Observations;
import io.limber.numerics.network.ProgramParameters;
import io.limber.numerics.objective.Objective;
import io.limber.numerics.runtime.ComputeDevice;
import io.limber.numerics.runtime.Function;
import io.limber.numerics.runtime.Program;
import io.limber.numerics.runtime.ProgramBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
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
 * The targets of {@link OutputLoss#of}: action and objective's targets of each transition. Not
 * thread-safe.
 */
public final class BootstrapProgram implements AutoCloseable {

  private final Program program;
  private final Observations observations;
  private final Function bootstrap;
  private final FlatParameters online;
  private final FlatParameters target;

  private BootstrapProgram(Program program, Network network, Observations observations) {
    this.program = program;
    this.observations = observations;
    bootstrap = program.function("bootstrap");
    online = new FlatParameters(network.layout());
    target = new FlatParameters(network.layout());
  }

  /** Writes the program into {@code folder}; {@link #load} runs it. */
  public static void export(
      Path folder, Network network, Observations observations, Objective objective) {
    try (ProgramBuilder program = new ProgramBuilder()) {
      add(program, network, observations, objective);
      program.export(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the bootstrap values' program", e);
    }
  }

  private static void add(
      ProgramBuilder program, Network network, Observations observations, Objective objective) {
    Ops tf = program.tf();
    ProgramParameters shapes = ProgramParameters.declare(program, network, "shape");
    Placeholder<TFloat32> online = shapes.flatInput(program);
    Placeholder<TFloat32> target = shapes.flatInput(program);
    Operand<? extends TNumber> sT = observations.input(program, Shape.UNKNOWN_SIZE);
    Placeholder<TFloat32> rT = program.input(TFloat32.class, Shape.of(Shape.UNKNOWN_SIZE));
    Placeholder<TFloat32> discountT = program.input(TFloat32.class, Shape.of(Shape.UNKNOWN_SIZE));
    Operand<TFloat32> after = observations.scaled(tf, sT);
    Network learned = objective.learned(network);
    Operand<TFloat32> targets =
        objective.targets(
            tf,
            rT,
            discountT,
            learned.apply(tf, after, shapes.split(tf, target)),
            learned.apply(tf, after, shapes.split(tf, online)));
    program.function(
        "bootstrap",
        Map.of("online", online, "target", target, "s_t", sT, "r_t", rT, "discount_t", discountT),
        Map.of("targets", targets, "values", objective.targetValues(tf, targets)),
        List.of());
  }

  /** A session of its own for the program that {@link #export} wrote with the same arguments. */
  public static BootstrapProgram load(
      Path folder, ComputeDevice device, Network network, Observations observations) {
    return new BootstrapProgram(Program.load(folder, device), network, observations);
  }

  /**
   * Of each transition.
   *
   * @param targets action, then the objective's targets [size, 1 + targetWidth]
   * @param values what the prediction ought to be, such as the bootstrap value [size]
   */
  public record Result(float[] targets, float[] values) {}

  /**
   * Computes them.
   *
   * @param online chooses the bootstrap action in double DQN
   * @param target values it
   */
  public Result of(ParameterSnapshot online, ParameterSnapshot target, Transitions transitions) {
    int rows = transitions.size();
    ByteBuffer onlineValues = this.online.of(online);
    ByteBuffer targetValues = this.target.of(target);
    int size = online.layout().size();
    Function.Outputs outputs =
        bootstrap.call(
            in -> {
              in.float32("online", onlineValues, size);
              in.float32("target", targetValues, size);
              observations.feed(in, "s_t", transitions.sT(), rows);
              in.float32("r_t", transitions.rT().limit(rows * Float.BYTES), rows);
              in.float32("discount_t", transitions.discountT().limit(rows * Float.BYTES), rows);
            });
    return new Result(
        withActions(outputs.floats("targets"), transitions), outputs.floats("values"));
  }

  private static float[] withActions(float[] targets, Transitions transitions) {
    int rows = transitions.size();
    int width = targets.length / rows;
    float[] all = new float[targets.length + rows];
    for (int row = 0; row < rows; row++) {
      all[row * (width + 1)] = transitions.actions().get(row);
      System.arraycopy(targets, row * width, all, row * (width + 1) + 1, width);
    }
    return all;
  }

  @Override
  public void close() {
    program.close();
  }
}
