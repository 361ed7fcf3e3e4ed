package io.limber.numerics.plasticity;

import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.probe.Probe;
import io.limber.core.probe.ProbeCost;
import io.limber.core.probe.ProbeResult;
import io.limber.core.random.RandomStreams;
import io.limber.core.random.SeededRandom;
import io.limber.core.replay.Transitions;
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
import java.util.List;
import java.util.Optional;

/**
 * How well a network can still be fitted to fresh random targets (eq 4 and 5).
 *
 * <p>For each of several random networks ω, the snapshot is fitted by the main task's kind of
 * optimiser, in its first state, to y = a + sin(1e5 f(x; ω)) at replayed observations x. What the
 * paper leaves open and was chosen here: all outputs are fitted, action values whatever the
 * objective (for categorical outputs the means of their distributions, for classification the
 * logits), by squared error; a is the mean prediction over observations and outputs; batches are
 * drawn with replacement; the final loss is taken over all the observations; the random networks
 * and batches are the same for every snapshot of a run, so that differences between steps are not
 * blurred by them.
 *
 * @see "Lyle et al. (2023), Understanding Plasticity in Neural Networks, section 3"
 */
public final class PlasticityProbe implements Probe {

  /** Its name in the config. */
  public static final String NAME = "plasticity";

  private final PlasticitySettings settings;
  private final Network network;
  private final Observations observations;
  private final RandomStreams random;
  private final Program program;
  private final Function initialize;
  private final Function outputs;
  private final Function fit;
  private final FlatParameters flat;
  private final ByteBuffer batchObservations;
  private final ByteBuffer batchTargets;

  private PlasticityProbe(
      Program program,
      PlasticitySettings settings,
      Network network,
      Observations observations,
      RandomStreams random) {
    this.program = program;
    this.settings = settings;
    this.network = network;
    this.observations = observations;
    this.random = random;
    initialize = program.function("initialize");
    outputs = program.function("outputs");
    fit = program.function("fit");
    flat = new FlatParameters(network.layout());
    int rows = PlasticitySettings.STEPS_PER_CALL * settings.batchSize();
    batchObservations = direct(rows * observations.space().bytes());
    batchTargets = direct(rows * width() * Float.BYTES);
  }

  /** Writes the probe's program into {@code folder}; {@link #load} runs it. */
  public static void export(
      Path folder,
      PlasticitySettings settings,
      Network network,
      Observations observations,
      OptimizerSettings optimizer) {
    try {
      FitProgram.export(
          folder,
          network,
          observations,
          optimizer,
          PlasticitySettings.STEPS_PER_CALL,
          settings.batchSize());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the plasticity probe's program", e);
    }
  }

  /**
   * A probe with a session of its own.
   *
   * @param random the probe's own streams; equal seeds measure equal snapshots equally
   */
  public static PlasticityProbe load(
      Path folder,
      ComputeDevice device,
      PlasticitySettings settings,
      Network network,
      Observations observations,
      RandomStreams random) {
    return new PlasticityProbe(
        Program.load(folder, device), settings, network, observations, random);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int transitions() {
    return settings.transitions();
  }

  @Override
  public Optional<ProbeCost> cost() {
    // parameters, two moments and a gradient; the batches of one call; outputs, targets and losses
    long parameters = 4L * Float.BYTES * network.layout().size();
    long batches = batchObservations.capacity() + batchTargets.capacity();
    long rows = 3L * Float.BYTES * settings.transitions() * width();
    long gradients = (long) settings.targets() * settings.steps();
    long curves = 3 * Double.BYTES * gradients; // as they come, as a table and as its copy
    return Optional.of(
        new ProbeCost(gradients, settings.batchSize(), parameters + batches + rows + curves));
  }

  @Override
  public ProbeResult measure(
      ParameterSnapshot snapshot, Transitions transitions, Progress progress) {
    PlasticityResult result = fitAll(snapshot, transitions, progress);
    long step = snapshot.step();
    List<Measurement> measurements =
        List.of(
            new Measurement(Metric.PLASTICITY, step, result.plasticity()),
            new Measurement(Metric.PLASTICITY_FINAL_LOSS, step, result.finalLoss()),
            new Measurement(Metric.PLASTICITY_LOSS_DEVIATION, step, result.finalLossDeviation()),
            new Measurement(Metric.PLASTICITY_INITIAL_LOSS, step, result.initialLoss()),
            new Measurement(Metric.PLASTICITY_BASELINE, step, result.baseline()));
    return new ProbeResult(measurements, List.of(result.learningCurve()));
  }

  /** The whole measurement, with the numbers per target function. */
  PlasticityResult fitAll(ParameterSnapshot snapshot, Transitions transitions, Progress progress) {
    int rows = settings.transitions();
    if (transitions.size() < rows) {
      throw new IllegalArgumentException(
          "the plasticity probe takes " + rows + " transitions, not " + transitions.size());
    }
    ByteBuffer x = transitions.sTm1();
    float[] present = predictions(flat.of(snapshot), x);
    double offset = finite(ProbeTask.mean(present), "the mean prediction of the snapshot");
    int targets = settings.targets();
    double[] baselines = new double[targets];
    double[] initialLosses = new double[targets];
    double[] finalLosses = new double[targets];
    double[][] curves = new double[targets][settings.steps()];
    for (int i = 0; i < targets; i++) {
      RandomStreams own = random.child("target-" + i);
      float[] omega = network.initialise(own.stream("network"));
      float[] other = predictions(flat.of(omega), x);
      ProbeTask task = ProbeTask.of(other, settings.frequency(), offset);
      baselines[i] = task.baseline();
      initialLosses[i] = task.loss(present);
      finalLosses[i] = fitOne(task, snapshot, x, own.stream("batches"), progress, i, curves[i]);
    }
    progress.at(1);
    return new PlasticityResult(baselines, initialLosses, finalLosses, curves);
  }

  private double fitOne(
      ProbeTask task,
      ParameterSnapshot snapshot,
      ByteBuffer x,
      SeededRandom batches,
      Progress progress,
      int target,
      double[] curve) {
    initialise(flat.of(snapshot));
    int calls = settings.steps() / PlasticitySettings.STEPS_PER_CALL;
    for (int call = 0; call < calls; call++) {
      drawBatches(task, x, batches);
      float[] losses = fit.call(this::feedBatches).floats("loss");
      finite(losses[losses.length - 1], "the loss of target " + target);
      for (int i = 0; i < losses.length; i++) {
        curve[call * losses.length + i] = losses[i];
      }
      progress.at((target + (call + 1.0) / calls) / settings.targets());
    }
    return finite(task.loss(outputsOf(x)), "the final loss of target " + target);
  }

  private void feedBatches(Function.Inputs in) {
    int rows = PlasticitySettings.STEPS_PER_CALL * settings.batchSize();
    observations.feed(in, "observations", batchObservations, rows);
    in.float32("targets", batchTargets.clear(), rows, width());
  }

  private void drawBatches(ProbeTask task, ByteBuffer x, SeededRandom batches) {
    int bytes = observations.space().bytes();
    batchObservations.clear();
    batchTargets.clear();
    while (batchObservations.hasRemaining()) {
      int row = batches.nextInt(settings.transitions());
      batchObservations.put(x.slice(row * bytes, bytes));
      for (int i = 0; i < width(); i++) {
        batchTargets.putFloat(task.targets()[row * width() + i]);
      }
    }
  }

  private float[] predictions(ByteBuffer parameters, ByteBuffer x) {
    initialise(parameters);
    return outputsOf(x);
  }

  private void initialise(ByteBuffer parameters) {
    initialize.call(in -> in.float32("parameters", parameters, network.layout().size()));
  }

  private float[] outputsOf(ByteBuffer x) {
    return outputs
        .call(in -> observations.feed(in, "observations", x, settings.transitions()))
        .floats("outputs");
  }

  private int width() {
    return network.outputShape().get(0);
  }

  private static double finite(double value, String what) {
    if (!Double.isFinite(value)) {
      throw new ArithmeticException(what + " is " + value);
    }
    return value;
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  @Override
  public void close() {
    program.close();
  }
}
