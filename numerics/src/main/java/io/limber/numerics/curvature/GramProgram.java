package io.limber.numerics.curvature;

import io.limber.core.agent.ParameterSnapshot;
import io.limber.numerics.network.FlatParameters;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Observations;
import io.limber.numerics.runtime.ComputeDevice;
import io.limber.numerics.runtime.Function;
import io.limber.numerics.runtime.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * Inner products of the gradients of single examples' losses (eq 3, before it is normalised). No
 * gradient of a dense layer is ever formed, and those of a large convolution one row of its kernel
 * at a time. Not thread-safe.
 *
 * <p>Examples are taken in tiles; every pair of tiles is gone through once. The size of a tile
 * follows from the network alone, so that equal examples give equal bits on any machine's memory.
 */
public final class GramProgram implements AutoCloseable {

  /**
   * Memory for the activations of one tile, their gradients and the parts of parameter gradients.
   */
  private static final long TILE_BYTES = 256L << 20;

  private static final int LARGEST_TILE = 1024;

  private final Program program;
  private final Network network;
  private final Observations observations;
  private final OutputLoss loss;
  private final int tileRows;
  private final Function load;
  private final Function gram;
  private final Function hold;
  private final Function cross;
  private final FlatParameters parameters;

  private GramProgram(
      Program program, Network network, Observations observations, OutputLoss loss, int tileRows) {
    this.program = program;
    this.network = network;
    this.observations = observations;
    this.loss = loss;
    this.tileRows = tileRows;
    load = program.function("load");
    gram = program.function("gram");
    hold = program.function("hold");
    cross = program.function("cross");
    parameters = new FlatParameters(network.layout());
  }

  /** Writes the program into {@code folder}; {@link #load} runs it. */
  public static void export(
      Path folder, Network network, Observations observations, OutputLoss loss) {
    try {
      GramGraph.export(folder, network, observations, loss);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the gradient covariance's program", e);
    }
  }

  /**
   * A session of its own for the program that {@link #export} wrote with the same network,
   * observations and loss.
   */
  public static GramProgram load(
      Path folder,
      ComputeDevice device,
      Network network,
      Observations observations,
      OutputLoss loss) {
    return load(folder, device, network, observations, loss, tileRows(network));
  }

  static GramProgram load(
      Path folder,
      ComputeDevice device,
      Network network,
      Observations observations,
      OutputLoss loss,
      int tileRows) {
    return new GramProgram(Program.load(folder, device), network, observations, loss, tileRows);
  }

  /** Examples per tile. */
  static int tileRows(Network network) {
    long kept = 0;
    long formed = 0;
    for (Network.Stage stage : network.stages()) {
      long numbers =
          stage.outputShape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
      kept += 2 * numbers; // the activation and its gradient
      formed = Math.max(formed, stage.layer().gramNumbers(stage.inputShape()));
    }
    return (int) Math.max(1, Math.min(LARGEST_TILE, TILE_BYTES / (Float.BYTES * (kept + formed))));
  }

  /**
   * The inner products of all pairs of examples, in squared units of the loss per parameter.
   *
   * @param batch observations from position 0
   * @param count examples k
   * @param given [k, targetWidth] of the loss
   * @return [k, k], row-major, symmetric to the last bit
   * @throws ArithmeticException if one is not finite
   */
  public double[] gram(ParameterSnapshot snapshot, ByteBuffer batch, int count, float[] given) {
    int width = loss.targetWidth(network.outputShape().get(0));
    if (count < 1 || given.length != count * width) {
      throw new IllegalArgumentException(
          count + " examples take " + count * width + " targets, not " + given.length);
    }
    ByteBuffer fed = parameters.of(snapshot);
    load.call(in -> in.float32("parameters", fed, network.layout().size()));
    Tiles tiles = new Tiles(batch, count, given, width);
    double[] result = new double[Math.multiplyExact(count, count)];
    for (int row = 0; row < count; row += tileRows) {
      tiles.put(tiles.call(gram, row), row, row, result);
      if (row + tileRows < count) {
        tiles.call(hold, row);
      }
      for (int column = row + tileRows; column < count; column += tileRows) {
        tiles.put(tiles.call(cross, column), row, column, result);
      }
    }
    return result;
  }

  /** The examples of one call, cut into tiles. */
  private final class Tiles {

    private final ByteBuffer batch;
    private final int count;
    private final float[] given;
    private final int width;

    private Tiles(ByteBuffer batch, int count, float[] given, int width) {
      this.batch = batch;
      this.count = count;
      this.given = given;
      this.width = width;
    }

    private Function.Outputs call(Function function, int from) {
      int rows = rows(from);
      int bytes = observations.space().bytes();
      ByteBuffer targets =
          ByteBuffer.allocateDirect(rows * width * Float.BYTES).order(ByteOrder.nativeOrder());
      targets.asFloatBuffer().put(given, from * width, rows * width);
      return function.call(
          in -> {
            ByteBuffer part = batch.slice(from * bytes, rows * bytes);
            observations.feed(in, "observations", part, rows);
            in.float32("targets", targets, rows, width);
          });
    }

    /** Takes the upper triangle for both halves. */
    private void put(Function.Outputs outputs, int row, int column, double[] result) {
      float[] tile = outputs.floats("gram");
      int columns = rows(column);
      for (int i = 0; i < rows(row); i++) {
        for (int j = row == column ? i : 0; j < columns; j++) {
          float value = tile[i * columns + j];
          if (!Float.isFinite(value)) {
            throw new ArithmeticException(
                "the gradients of examples "
                    + (row + i)
                    + " and "
                    + (column + j)
                    + " have the inner product "
                    + value);
          }
          result[(row + i) * count + column + j] = value;
          result[(column + j) * count + row + i] = value;
        }
      }
    }

    private int rows(int from) {
      return Math.min(tileRows, count - from);
    }
  }

  /**
   * Cosines of the angles between gradients (eq 3).
   *
   * @param gram [k, k] as {@link #gram} returns it
   * @return [k, k]; 0 where a gradient is zero
   */
  public static double[] cosines(double[] gram) {
    int k = (int) Math.round(Math.sqrt(gram.length));
    double[] cosines = new double[gram.length];
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        double lengths = Math.sqrt(gram[i * k + i]) * Math.sqrt(gram[j * k + j]);
        cosines[i * k + j] = lengths > 0 ? gram[i * k + j] / lengths : 0;
      }
    }
    return cosines;
  }

  @Override
  public void close() {
    program.close();
  }
}
