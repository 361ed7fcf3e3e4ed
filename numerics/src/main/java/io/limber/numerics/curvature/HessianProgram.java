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
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Exact gradients and Hessian-vector products of one loss at fixed parameters over a fixed batch:
 * {@link #prepare} once, then many products. Not thread-safe.
 *
 * <p>Cost of a product: at most about two gradients, because the forward and backward pass that all
 * products share is kept. A batch larger than the chunk is gone through chunk by chunk and summed
 * in double precision; then nothing is kept and a product costs about one gradient more.
 *
 * @see "Pearlmutter (1994), Fast exact multiplication by the Hessian"
 */
public final class HessianProgram implements AutoCloseable {

  private final Program program;
  private final Network network;
  private final Observations observations;
  private final OutputLoss loss;
  private final int chunkRows;
  private final Function fix;
  private final Function prepare;
  private final Function lossAt;
  private final Function gradient;
  private final Function product;
  private final FlatParameters parameters;
  private final FlatParameters direction;
  private final float[] rounded;

  private ByteBuffer x;
  private float[] targets;
  private int rows;

  private HessianProgram(
      Program program, Network network, Observations observations, OutputLoss loss, int chunkRows) {
    this.program = program;
    this.network = network;
    this.observations = observations;
    this.loss = loss;
    this.chunkRows = chunkRows;
    fix = program.function("fix");
    prepare = program.function("prepare");
    lossAt = program.function("loss");
    gradient = program.function("gradient");
    product = program.function("product");
    parameters = new FlatParameters(network.layout());
    direction = new FlatParameters(network.layout());
    rounded = new float[network.layout().size()];
  }

  /** Writes the program into {@code folder}; {@link #load} runs it. */
  public static void export(
      Path folder, Network network, Observations observations, OutputLoss loss) {
    try {
      HessianGraph.export(folder, network, observations, loss);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the Hessian's program", e);
    }
  }

  /**
   * A session of its own for the program that {@link #export} wrote with the same network,
   * observations and loss.
   *
   * @param chunkRows rows processed at once, which bounds the memory; at least 1
   */
  public static HessianProgram load(
      Path folder,
      ComputeDevice device,
      Network network,
      Observations observations,
      OutputLoss loss,
      int chunkRows) {
    if (chunkRows < 1) {
      throw new IllegalArgumentException("a chunk has at least 1 row, not " + chunkRows);
    }
    return new HessianProgram(Program.load(folder, device), network, observations, loss, chunkRows);
  }

  /**
   * Fixes parameters and batch for all that follows.
   *
   * @param batch observations from position 0; must not change while products are taken
   * @param count rows
   * @param given [count, targetWidth] of the loss
   * @return the loss
   * @throws ArithmeticException if the loss is not finite
   */
  public double prepare(ParameterSnapshot snapshot, ByteBuffer batch, int count, float[] given) {
    int width = targetWidth();
    if (count < 1 || given.length != count * width) {
      throw new IllegalArgumentException(
          count + " rows take " + count * width + " targets, not " + given.length);
    }
    x = batch;
    rows = count;
    parameters.of(snapshot);
    targets = new float[given.length];
    for (int from = 0; from < count; from += chunkRows) {
      int start = from;
      float[] fixed = fix.call(in -> feedChunk(in, start, "given", given)).floats("targets");
      System.arraycopy(fixed, 0, targets, from * width, fixed.length);
    }
    double total = 0;
    for (int from = 0; from < count; from += chunkRows) {
      total += prepareChunk(from);
    }
    return finite(total);
  }

  /** Numbers in a vector: the network's parameters. */
  public int size() {
    return network.layout().size();
  }

  /**
   * The loss at other parameters, with the targets of the prepared ones; a forward pass for each. A
   * loss that is not finite is handed over as it is: far from the prepared parameters that is a
   * finding.
   *
   * @param count points
   * @param at parameters of a point; asked once for each chunk of the batch, and read before it is
   *     asked again
   * @return [count]
   */
  public double[] losses(int count, IntFunction<float[]> at) {
    double[] totals = new double[count];
    for (int from = 0; from < rows; from += chunkRows) {
      revisit(from);
      for (int i = 0; i < count; i++) {
        ByteBuffer elsewhere = direction.of(at.apply(i));
        totals[i] += lossAt.call(in -> in.float32("parameters", elsewhere, size())).scalar("loss");
      }
    }
    return totals;
  }

  /** The gradient at the prepared parameters, in the layout's order. */
  public double[] gradient() {
    double[] sum = new double[size()];
    for (int from = 0; from < rows; from += chunkRows) {
      revisit(from);
      add(gradient.call().floats("gradient"), sum);
    }
    return sum;
  }

  /**
   * {@code into} = H {@code v}. Computed in single precision; v is rounded to it.
   *
   * @param v [size]
   * @param into [size], may be {@code v}
   */
  public void apply(double[] v, double[] into) {
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) v[i];
    }
    ByteBuffer fed = direction.of(rounded);
    Arrays.fill(into, 0);
    for (int from = 0; from < rows; from += chunkRows) {
      revisit(from);
      add(product.call(in -> in.float32("direction", fed, size())).floats("product"), into);
    }
  }

  /** With one chunk the session still has it. */
  private void revisit(int from) {
    if (rows > chunkRows) {
      prepareChunk(from);
    }
  }

  private double prepareChunk(int from) {
    return prepare
        .call(in -> feedChunk(in.scalar("weight", 1f / rows), from, "targets", targets))
        .scalar("loss");
  }

  private void feedChunk(Function.Inputs in, int from, String name, float[] values) {
    int count = Math.min(chunkRows, rows - from);
    int width = targetWidth();
    int bytes = observations.space().bytes();
    ByteBuffer numbers =
        ByteBuffer.allocateDirect(count * width * Float.BYTES).order(ByteOrder.nativeOrder());
    numbers.asFloatBuffer().put(values, from * width, count * width);
    in.float32("parameters", parameters.bytes(), size());
    in.float32(name, numbers, count, width);
    observations.feed(in, "observations", x.slice(from * bytes, count * bytes), count);
  }

  private int targetWidth() {
    return loss.targetWidth(network.outputShape().get(0));
  }

  private static void add(float[] part, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += part[i];
    }
  }

  private static double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new ArithmeticException("the loss whose curvature is sought is " + value);
    }
    return value;
  }

  @Override
  public void close() {
    program.close();
  }
}
