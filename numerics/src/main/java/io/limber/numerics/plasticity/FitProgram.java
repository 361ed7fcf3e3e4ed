package io.limber.numerics.plasticity;

import io.limber.core.agent.ParameterSnapshot;
import io.limber.numerics.network.FlatParameters;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Observations;
import io.limber.numerics.optimizer.OptimizerSettings;
import io.limber.numerics.runtime.ComputeDevice;
import io.limber.numerics.runtime.Function;
import io.limber.numerics.runtime.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Fits copies of one network to targets of their own, in lanes side by side, all on the same
 * observations. On the CPU an optimiser step is a chain of products that only in part can be
 * computed at the same time; lanes have nothing to wait for in each other, and keep all threads
 * busy. A lane's numbers do not depend on how many there are.
 */
final class FitProgram implements AutoCloseable {

  private final Program program;
  private final Network network;
  private final Observations observations;
  private final FitShape shape;
  private final Function load;
  private final Function predict;
  private final List<Function> initialize = new ArrayList<>();
  private final List<Function> outputs = new ArrayList<>();
  private final List<Function> fit = new ArrayList<>();
  private final FlatParameters parameters;
  private final ByteBuffer targets;
  private final List<ByteBuffer> rows = new ArrayList<>();

  private FitProgram(Program program, Network network, Observations observations, FitShape shape) {
    this.program = program;
    this.network = network;
    this.observations = observations;
    this.shape = shape;
    load = program.function("load");
    predict = program.function("predict-0");
    parameters = new FlatParameters(network.layout());
    targets = direct(Math.multiplyExact(shape.transitions(), width()));
    for (int lane = 0; lane < shape.lanes(); lane++) {
      initialize.add(program.function("initialize-" + lane));
      outputs.add(program.function("outputs-" + lane));
      fit.add(program.function("fit-" + (lane + 1)));
      rows.add(direct(shape.rowsPerCall()));
    }
  }

  /** Writes the program into {@code folder}; {@link #load} runs it. */
  static void export(
      Path folder,
      Network network,
      Observations observations,
      OptimizerSettings optimizer,
      FitShape shape) {
    try {
      FitGraph.export(folder, network, observations, optimizer, shape);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the plasticity probe's program", e);
    }
  }

  /** A session of its own for the program that {@link #export} wrote with the same arguments. */
  static FitProgram load(
      Path folder,
      ComputeDevice device,
      Network network,
      Observations observations,
      FitShape shape) {
    return new FitProgram(Program.load(folder, device), network, observations, shape);
  }

  /** Where the caller puts numbers that it feeds: a whole parameter vector. */
  FlatParameters parameters() {
    return parameters;
  }

  /** Fixes the observations, from position 0, for all that follows. */
  void observe(ByteBuffer x) {
    load.call(in -> observations.feed(in, "observations", x, shape.transitions()));
  }

  /** A network's outputs [n · A] for all observations. */
  float[] predictions(ByteBuffer values) {
    return predict
        .call(in -> in.float32("parameters", values, network.layout().size()))
        .floats("outputs");
  }

  /**
   * Brings a lane to its start.
   *
   * @param values all parameters
   * @param wanted targets [n · A]
   */
  void start(int lane, ByteBuffer values, float[] wanted) {
    targets.clear().asFloatBuffer().put(wanted);
    initialize
        .get(lane)
        .call(
            in ->
                in.float32("parameters", values, network.layout().size())
                    .float32("targets", targets, shape.transitions(), width()));
  }

  /** Brings a lane's optimiser, after {@link #start}, to the state of the main task's. */
  void carry(int lane, ParameterSnapshot state) {
    if (state.layout().size() > 0) {
      ByteBuffer slots = new FlatParameters(state.layout()).of(state);
      program
          .function("carry-" + lane)
          .call(in -> in.float32("slots", slots, state.layout().size()));
    }
  }

  /**
   * Takes the steps of one call in the first lanes.
   *
   * @param draws of each lane to fit: draws the observations of its batches, each given the lane's
   *     number of observations
   * @return losses [lane][step] of the batches, before each step
   */
  float[][] step(List<IntUnaryOperator> draws) {
    for (int lane = 0; lane < draws.size(); lane++) {
      ByteBuffer into = rows.get(lane).clear();
      while (into.hasRemaining()) {
        into.putInt(draws.get(lane).applyAsInt(shape.transitions()));
      }
      into.flip();
    }
    Function.Outputs result =
        fit.get(draws.size() - 1)
            .call(
                in -> {
                  for (int lane = 0; lane < draws.size(); lane++) {
                    in.int32("rows-" + lane, rows.get(lane), shape.rowsPerCall());
                  }
                });
    float[][] losses = new float[draws.size()][];
    for (int lane = 0; lane < losses.length; lane++) {
      losses[lane] = result.floats("loss-" + lane);
    }
    return losses;
  }

  /** A lane's outputs [n · A] for all observations, as it is now. */
  float[] outputs(int lane) {
    return outputs.get(lane).call().floats("outputs");
  }

  private int width() {
    return network.outputShape().get(0);
  }

  private static ByteBuffer direct(int numbers) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(numbers, Integer.BYTES))
        .order(ByteOrder.nativeOrder());
  }

  @Override
  public void close() {
    program.close();
  }
}
