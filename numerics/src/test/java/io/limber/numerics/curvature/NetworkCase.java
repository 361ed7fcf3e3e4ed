package io.limber.numerics.curvature;

import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.env.ObservationSpace;
import io.limber.core.random.SeededRandom;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Observations;
import io.limber.numerics.network.ScalarNetwork;
import io.limber.numerics.network.Tape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Any network and the probe's loss in double precision, at random parameters and observations. */
final class NetworkCase {

  final Network network;
  final Observations observations;
  final int rows;
  final double[][] x;
  final ByteBuffer batch;
  final float[] targets;
  private final double[] p;
  private final SeededRandom random = new SeededRandom(5);

  NetworkCase(Network network, int rows) {
    this.network = network;
    this.rows = rows;
    observations =
        new Observations(
            new ObservationSpace(network.inputShape(), ObservationSpace.ElementType.FLOAT32));
    float[] initial = network.initialise(random);
    p = new double[initial.length];
    for (int i = 0; i < p.length; i++) { // so that no bias is zero
      p[i] = (float) (initial[i] + 0.1 * random.nextGaussian());
    }
    int width = observations.space().size();
    x = new double[rows][width];
    batch = ByteBuffer.allocateDirect(rows * width * Float.BYTES).order(ByteOrder.nativeOrder());
    for (int i = 0; i < rows * width; i++) {
      x[i / width][i % width] = (float) random.nextGaussian();
      batch.putFloat((float) x[i / width][i % width]);
    }
    targets = new float[rows * outputs()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (float) random.nextGaussian();
    }
  }

  int outputs() {
    return network.outputShape().get(0);
  }

  double[] direction() {
    double[] v = new double[p.length];
    Arrays.setAll(v, i -> (float) random.nextGaussian());
    return v;
  }

  ParameterSnapshot snapshot() {
    float[] values = new float[p.length];
    for (int i = 0; i < p.length; i++) {
      values[i] = (float) p[i];
    }
    return ParameterSnapshot.owning(0, network.layout(), values);
  }

  /** The gradient of the mean loss of rows [from, to). */
  double[] gradient(int from, int to) {
    return gradient(p, from, to);
  }

  /** Central differences of the exact gradient: error about h² + 1e-16 / h = 1e-10. */
  double[] product(double[] v) {
    double h = 1e-6;
    double[] after = gradient(moved(v, h), 0, rows);
    double[] before = gradient(moved(v, -h), 0, rows);
    Arrays.setAll(after, i -> (after[i] - before[i]) / (2 * h));
    return after;
  }

  private double[] moved(double[] v, double h) {
    double[] moved = p.clone();
    Arrays.setAll(moved, i -> p[i] + h * v[i]);
    return moved;
  }

  private double[] gradient(double[] at, int from, int to) {
    Tape tape = new Tape();
    tape.number(0); // what depends on nothing says that it depends on this
    int[] parameters = tape.numbers(at);
    int[][] y = last(new ScalarNetwork(network).activations(tape, parameters, part(from, to)));
    int[] losses = new int[to - from];
    for (int row = 0; row < losses.length; row++) {
      int[] squares = new int[outputs()];
      for (int i = 0; i < squares.length; i++) {
        int target = tape.number(targets[(from + row) * outputs() + i]);
        int error = tape.subtract(y[row][i], target);
        squares[i] = tape.multiply(error, error);
      }
      losses[row] = tape.mean(squares);
    }
    return tape.gradient(tape.mean(losses), parameters);
  }

  /** What is at a place: [rows][numbers]. */
  double[][] activations(int place) {
    Tape tape = new Tape();
    tape.number(0);
    int[][] at = new ScalarNetwork(network).activations(tape, tape.numbers(p), x).get(place);
    double[][] values = new double[rows][];
    Arrays.setAll(values, row -> Arrays.stream(at[row]).mapToDouble(tape::value).toArray());
    return values;
  }

  private double[][] part(int from, int to) {
    return Arrays.copyOfRange(x, from, to);
  }

  private static int[][] last(List<int[][]> places) {
    return places.get(places.size() - 1);
  }

  /** Prepared. */
  HessianProgram hessian(Path folder) {
    HessianProgram.export(folder, network, observations, OutputLoss.probe());
    HessianProgram program =
        HessianProgram.load(folder, Case.device(), network, observations, OutputLoss.probe(), rows);
    program.prepare(snapshot(), batch, rows, targets);
    return program;
  }

  @Override
  public String toString() {
    return network.layout().architecture();
  }
}
