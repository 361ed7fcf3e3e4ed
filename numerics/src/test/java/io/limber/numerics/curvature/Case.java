package io.limber.numerics.curvature;

import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.env.ObservationSpace;
import io.limber.core.random.SeededRandom;
import io.limber.numerics.agent.SmallTask;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Observations;
import io.limber.numerics.network.TestNetworks;
import io.limber.numerics.objective.Objective;
import io.limber.numerics.runtime.ComputeDevice;
import io.limber.numerics.runtime.CpuThreads;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** A network and loss with their double, at random parameters, observations and targets. */
final class Case {

  final Network network;
  final ReferenceModel model;
  final ReferenceLoss reference;
  final OutputLoss loss;
  final Observations observations;
  final int rows;
  final double[] p;
  final double[][] x;
  final float[] given;
  final ByteBuffer batch;
  private final SeededRandom random = new SeededRandom(5);

  private Case(Network network, ReferenceModel model, ReferenceLoss loss, boolean own, int rows) {
    this.network = network;
    this.model = model;
    this.reference = loss;
    this.loss = own ? OutputLoss.ownOutputs() : lossOf(loss);
    this.rows = rows;
    observations =
        new Observations(
            new ObservationSpace(network.inputShape(), ObservationSpace.ElementType.FLOAT32));
    p = new double[network.layout().size()];
    for (int i = 0; i < p.length; i++) {
      p[i] = (float) (0.5 * random.nextGaussian());
    }
    int width = observations.space().size();
    x = new double[rows][width];
    batch = ByteBuffer.allocateDirect(rows * width * Float.BYTES).order(ByteOrder.nativeOrder());
    for (int i = 0; i < rows * width; i++) {
      x[i / width][i % width] = (float) random.nextGaussian();
      batch.putFloat((float) x[i / width][i % width]);
    }
    given = new float[rows * this.loss.targetWidth(outputs())];
    drawTargets();
  }

  static Case dense(ReferenceLoss loss, int rows) {
    return new Case(TestNetworks.dense(6, 7, 5, 3), denseModel(), loss, false, rows);
  }

  /** Two actions of three bins each. */
  static Case categorical(int rows) {
    ReferenceModel model =
        new ReferenceModel(
            new ReferenceLayer.Dense(6, 7),
            new ReferenceLayer.Relu(),
            new ReferenceLayer.Dense(7, 6));
    return new Case(TestNetworks.dense(6, 7, 6), model, ReferenceLoss.CATEGORICAL, false, rows);
  }

  /** The curvature loss: its double has the network's own outputs in its targets. */
  static Case ownOutputs(int rows) {
    return new Case(TestNetworks.dense(6, 7, 5, 3), denseModel(), ReferenceLoss.SUM, true, rows);
  }

  static Case convolutional(ReferenceLoss loss, int rows) {
    ReferenceModel model =
        new ReferenceModel(
            new ReferenceLayer.Convolution(5, 4, 2, 3, 2, 1, 0, 3, 2, 3),
            new ReferenceLayer.Relu(),
            new ReferenceLayer.Convolution(3, 2, 3, 2, 1, 0, 0, 2, 1, 2),
            new ReferenceLayer.Relu(),
            new ReferenceLayer.Dense(4, 5),
            new ReferenceLayer.Relu(),
            new ReferenceLayer.Dense(5, 3));
    return new Case(TestNetworks.convolutional(), model, loss, false, rows);
  }

  static Case wideConvolution(ReferenceLoss loss, int rows) {
    ReferenceModel model =
        new ReferenceModel(
            new ReferenceLayer.Convolution(3, 2, 192, 2, 1, 0, 0, 3, 2, 192),
            new ReferenceLayer.Relu(),
            new ReferenceLayer.Dense(3 * 2 * 192, 3));
    return new Case(TestNetworks.wideConvolution(), model, loss, false, rows);
  }

  /** With layers that have no rules of their own for second derivatives. */
  static Case smooth(ReferenceLoss loss, int rows) {
    ReferenceModel model =
        new ReferenceModel(
            new ReferenceLayer.Dense(6, 6),
            new ReferenceLayer.LayerNorm(6),
            new ReferenceLayer.Tanh(),
            new ReferenceLayer.Dense(6, 5),
            new ReferenceLayer.Tanh(),
            new ReferenceLayer.Dense(5, 3));
    return new Case(TestNetworks.smooth(6), model, loss, false, rows);
  }

  private static ReferenceModel denseModel() {
    return new ReferenceModel(
        new ReferenceLayer.Dense(6, 7),
        new ReferenceLayer.Relu(),
        new ReferenceLayer.Dense(7, 5),
        new ReferenceLayer.Relu(),
        new ReferenceLayer.Dense(5, 3));
  }

  private static OutputLoss lossOf(ReferenceLoss loss) {
    return switch (loss) {
      case PROBE -> OutputLoss.probe();
      case SUM -> throw new IllegalArgumentException("only around own outputs");
      case TD_SQUARED -> OutputLoss.of(objective("loss = squared", 3));
      case TD_HUBER -> OutputLoss.of(objective("loss = huber", 3));
      case CLASSIFICATION -> OutputLoss.of(objective("kind = classification", 3));
      case REGRESSION -> OutputLoss.of(objective("kind = regression", 3));
      case CATEGORICAL -> OutputLoss.of(objective("output = categorical, categorical.bins = 3", 2));
    };
  }

  private static Objective objective(String overrides, int actions) {
    return Objective.of(SmallTask.settings("objective { " + overrides + " }").objective(), actions);
  }

  private void drawTargets() {
    int width = given.length / rows;
    for (int i = 0; i < given.length; i++) {
      given[i] =
          switch (reference) {
            case PROBE, SUM -> (float) random.nextGaussian();
            case TD_SQUARED, TD_HUBER ->
                i % 2 == 0 ? random.nextInt(outputs()) : (float) random.nextGaussian();
            case CLASSIFICATION, REGRESSION -> i % 2 == 0 ? random.nextInt(outputs()) : 1;
            case CATEGORICAL ->
                i % width == 0
                    ? random.nextInt(2)
                    : i % width == 1 + i / width % 3 ? 0.75f : 0.125f;
          };
    }
  }

  /** The targets as they stay fixed. */
  double[][] targets() {
    int width = given.length / rows;
    double[][] y = new double[rows][width];
    for (int row = 0; row < rows; row++) {
      double[] own = model.output(p, x[row]);
      for (int i = 0; i < width; i++) {
        y[row][i] = given[row * width + i] + (reference == ReferenceLoss.SUM ? own[i] : 0);
      }
    }
    return y;
  }

  ParameterSnapshot snapshot() {
    return ParameterSnapshot.owning(0, network.layout(), floats());
  }

  float[] floats() {
    float[] values = new float[p.length];
    for (int i = 0; i < p.length; i++) {
      values[i] = (float) p[i];
    }
    return values;
  }

  double[] direction() {
    double[] v = new double[p.length];
    for (int i = 0; i < v.length; i++) {
      v[i] = (float) random.nextGaussian();
    }
    return v;
  }

  /** The program in chunks of {@code chunkRows}, prepared. */
  HessianProgram hessian(Path folder, int chunkRows) {
    HessianProgram.export(folder, network, observations, loss);
    HessianProgram program =
        HessianProgram.load(folder, device(), network, observations, loss, chunkRows);
    program.prepare(snapshot(), batch, rows, given);
    return program;
  }

  static ComputeDevice device() {
    return ComputeDevice.choose("cpu", new CpuThreads(2, 1));
  }

  private int outputs() {
    return network.outputShape().get(0);
  }

  @Override
  public String toString() {
    return network.layout().architecture() + " " + loss.getClass().getSimpleName();
  }
}
