package io.limber.numerics.plasticity;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.probe.Probe;
import io.limber.core.probe.ProbeCost;
import io.limber.core.probe.ProbeResult;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.Transitions;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Observations;
import io.limber.numerics.optimizer.OptimizerSettings;
import io.limber.numerics.runtime.ComputeDevice;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * How well a network can still be fitted to fresh random targets (eq 4 and 5).
 *
 * <p>For each of several random networks ω, the snapshot is fitted by the main task's kind of
 * optimiser, in its first state or the main task's, to y = a + sin(1e5 f(x; ω)) at replayed
 * observations x. What the paper leaves open and was chosen here: all outputs are fitted, action
 * values whatever the objective (for categorical outputs the means of their distributions, for
 * classification the logits), by squared error; a is the mean prediction over observations and
 * outputs; batches are drawn with replacement; the final loss is taken over all the observations;
 * the random networks and batches are the same for every snapshot of a run, so that differences
 * between steps are not blurred by them. Targets are fitted side by side, as many at a time as
 * there are lanes.
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
  private final FitShape shape;
  private final FitProgram fits;

  private PlasticityProbe(
      FitProgram fits,
      FitShape shape,
      PlasticitySettings settings,
      Network network,
      Observations observations,
      RandomStreams random) {
    this.fits = fits;
    this.shape = shape;
    this.settings = settings;
    this.network = network;
    this.observations = observations;
    this.random = random;
  }

  /**
   * Writes the probe's program into {@code folder}; {@link #load} runs it.
   *
   * @param lanes target functions to fit side by side
   */
  public static void export(
      Path folder,
      PlasticitySettings settings,
      Network network,
      Observations observations,
      OptimizerSettings optimizer,
      int lanes) {
    FitProgram.export(folder, network, observations, optimizer, settings.shape(lanes));
  }

  /**
   * A probe with a session of its own.
   *
   * @param lanes as exported; the numbers do not depend on it
   * @param random the probe's own streams; equal seeds measure equal snapshots equally
   */
  public static PlasticityProbe load(
      Path folder,
      ComputeDevice device,
      PlasticitySettings settings,
      Network network,
      Observations observations,
      int lanes,
      RandomStreams random) {
    FitShape shape = settings.shape(lanes);
    return new PlasticityProbe(
        FitProgram.load(folder, device, network, observations, shape),
        shape,
        settings,
        network,
        observations,
        random);
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
    long gradients = (long) settings.targets() * settings.steps();
    long curves = 3 * Double.BYTES * gradients; // as they come, as a table and as its copy
    return Optional.of(
        new ProbeCost(gradients, settings.batchSize(), shape.bytes(network) + curves));
  }

  @Override
  public ProbeResult measure(AgentSnapshot snapshot, Transitions transitions, Progress progress) {
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
  PlasticityResult fitAll(AgentSnapshot snapshot, Transitions transitions, Progress progress) {
    observations.check(NAME, transitions, settings.transitions());
    fits.observe(transitions.sTm1());
    Optional<ParameterSnapshot> state = optimizerState(snapshot);
    float[] present = fits.predictions(fits.parameters().of(snapshot.online()));
    double offset =
        TargetFit.finite(ProbeTask.mean(present), "the mean prediction of the snapshot");
    List<TargetFit> all = new ArrayList<>();
    for (int from = 0; from < settings.targets(); from += shape.lanes()) {
      List<TargetFit> round = new ArrayList<>();
      for (int i = from; i < Math.min(from + shape.lanes(), settings.targets()); i++) {
        round.add(target(i, offset));
      }
      start(round, snapshot.online(), state);
      fit(round, from, progress);
      all.addAll(round);
    }
    progress.at(1);
    return new PlasticityResult(
        all.stream().mapToDouble(fit -> fit.task().baseline()).toArray(),
        all.stream().mapToDouble(fit -> fit.task().loss(present)).toArray(),
        all.stream().mapToDouble(TargetFit::finalLoss).toArray(),
        all.stream().map(TargetFit::curve).toArray(double[][]::new));
  }

  /** Everything about a target comes from streams of its own, whatever is fitted beside it. */
  private TargetFit target(int index, double offset) {
    RandomStreams own = random.child("target-" + index);
    float[] omega = network.initialise(own.stream("network"));
    float[] other = fits.predictions(fits.parameters().of(omega));
    ProbeTask task = ProbeTask.of(other, settings.frequency(), offset);
    return new TargetFit(index, task, own.stream("batches"), settings.steps());
  }

  /** What the fits' optimisers start with; empty for their first state. */
  private Optional<ParameterSnapshot> optimizerState(AgentSnapshot snapshot) {
    if (settings.optimizerState() == PlasticitySettings.OptimizerState.FRESH) {
      return Optional.empty();
    }
    return Optional.of(
        snapshot
            .optimizer()
            .orElseThrow(
                () ->
                    new InvalidSettingException(
                        "limber.plasticity.optimizer-state",
                        "carried",
                        "be fresh for a snapshot that does not hold the configured optimiser's"
                            + " state")));
  }

  private void start(
      List<TargetFit> round, ParameterSnapshot snapshot, Optional<ParameterSnapshot> state) {
    ByteBuffer start = fits.parameters().of(snapshot);
    for (int i = 0; i < round.size(); i++) {
      int lane = i;
      fits.start(lane, start, round.get(lane).task().targets());
      state.ifPresent(slots -> fits.carry(lane, slots));
    }
  }

  /** Fits as many targets as there are lanes at most, side by side. */
  private void fit(List<TargetFit> round, int done, Progress progress) {
    List<IntUnaryOperator> draws = new ArrayList<>();
    round.forEach(fit -> draws.add(fit::draw));
    int calls = settings.steps() / PlasticitySettings.STEPS_PER_CALL;
    for (int call = 1; call <= calls; call++) {
      float[][] losses = fits.step(draws);
      for (int lane = 0; lane < losses.length; lane++) {
        round.get(lane).add(losses[lane]);
      }
      progress.at((done + round.size() * (double) call / calls) / settings.targets());
    }
    for (int lane = 0; lane < round.size(); lane++) {
      round.get(lane).end(fits.outputs(lane));
    }
  }

  @Override
  public void close() {
    fits.close();
  }
}
