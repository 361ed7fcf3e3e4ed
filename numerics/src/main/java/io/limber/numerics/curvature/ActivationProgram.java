package io.limber.numerics.curvature;

import io.limber.core.agent.ParameterSnapshot;
import io.limber.numerics.network.FlatParameters;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Observations;
import io.limber.numerics.network.ProgramParameters;
import io.limber.numerics.runtime.ComputeDevice;
import io.limber.numerics.runtime.Function;
import io.limber.numerics.runtime.Program;
import io.limber.numerics.runtime.ProgramBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** What a network's hidden units and outputs give for observations. Not thread-safe. */
public final class ActivationProgram implements AutoCloseable {

  /**
   * One layer's activations.
   *
   * @param shape of one example's
   * @param values [n, shape…]
   */
  public record Activations(List<Integer> shape, float[] values) {}

  /**
   * Of one batch.
   *
   * @param hidden after each nonlinearity, from input to output; the last are the features
   * @param outputs the network's
   */
  public record Result(List<Activations> hidden, Activations outputs) {}

  private final Program program;
  private final Network network;
  private final Observations observations;
  private final Function activations;
  private final FlatParameters parameters;

  private ActivationProgram(Program program, Network network, Observations observations) {
    this.program = program;
    this.network = network;
    this.observations = observations;
    activations = program.function("activations");
    parameters = new FlatParameters(network.layout());
  }

  /** Writes the program into {@code folder}; {@link #load} runs it. */
  public static void export(Path folder, Network network, Observations observations) {
    try (ProgramBuilder program = new ProgramBuilder()) {
      Ops tf = program.tf();
      ProgramParameters shapes = ProgramParameters.declare(program, network, "shape");
      Placeholder<TFloat32> flat = shapes.flatInput(program);
      Operand<? extends TNumber> input = observations.input(program, Shape.UNKNOWN_SIZE);
      List<Operand<TFloat32>> all =
          network.activations(tf, observations.scaled(tf, input), shapes.split(tf, flat));
      Map<String, Operand<TFloat32>> outputs = new LinkedHashMap<>();
      places(network).forEach(place -> outputs.put(name(place), all.get(place)));
      program.function(
          "activations", Map.of("parameters", flat, "observations", input), outputs, List.of());
      program.export(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the activations' program", e);
    }
  }

  /** A session of its own for the program that {@link #export} wrote with the same arguments. */
  public static ActivationProgram load(
      Path folder, ComputeDevice device, Network network, Observations observations) {
    return new ActivationProgram(Program.load(folder, device), network, observations);
  }

  /** The activations for {@code rows} observations from position 0. */
  public Result of(ParameterSnapshot snapshot, ByteBuffer batch, int rows) {
    ByteBuffer fed = parameters.of(snapshot);
    Function.Outputs outputs =
        activations.call(
            in -> {
              in.float32("parameters", fed, network.layout().size());
              observations.feed(in, "observations", batch, rows);
            });
    List<Activations> all = new ArrayList<>();
    for (int place : places(network)) {
      all.add(
          new Activations(
              network.stages().get(place - 1).outputShape(), outputs.floats(name(place))));
    }
    int last = all.size() - 1;
    return new Result(List.copyOf(all.subList(0, last)), all.get(last));
  }

  /** Behind which layers to look: the nonlinearities and the last. */
  private static List<Integer> places(Network network) {
    List<Integer> places = new ArrayList<>();
    for (int i = 1; i <= network.stages().size(); i++) {
      if (network.stages().get(i - 1).layer().isNonlinearity() || i == network.stages().size()) {
        places.add(i);
      }
    }
    return places;
  }

  private static String name(int place) {
    return "place-" + place;
  }

  @Override
  public void close() {
    program.close();
  }
}
