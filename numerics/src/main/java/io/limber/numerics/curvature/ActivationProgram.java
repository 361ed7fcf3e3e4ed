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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
   * @param hidden after each nonlinearity, from input to output
   * @param features what the head sees; in a plain chain the last of the hidden ones
   * @param outputs the network's
   */
  public record Result(List<Activations> hidden, Activations features, Activations outputs) {}

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
    Map<Integer, Activations> all = new TreeMap<>();
    for (int place : places(network)) {
      all.put(place, new Activations(network.shape(place), outputs.floats(name(place))));
    }
    return new Result(
        hidden(network).map(all::get).toList(),
        all.get(features(network)),
        all.get(network.stages().size()));
  }

  /** Where to look. */
  private static List<Integer> places(Network network) {
    IntStream ends = IntStream.of(features(network), network.stages().size());
    return Stream.concat(hidden(network), ends.boxed()).distinct().toList();
  }

  private static Stream<Integer> hidden(Network network) {
    return network.stages().stream()
        .filter(stage -> stage.layer().isNonlinearity())
        .map(Network.Stage::place);
  }

  private static int features(Network network) {
    return network.lastDense().inputs().get(0);
  }

  private static String name(int place) {
    return "place-" + place;
  }

  @Override
  public void close() {
    program.close();
  }
}
