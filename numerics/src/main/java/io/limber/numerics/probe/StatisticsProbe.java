package io.limber.numerics.probe;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.metrics.Metric;
import io.limber.core.probe.Probe;
import io.limber.core.probe.ProbeCost;
import io.limber.core.probe.ProbeResult;
import io.limber.core.probe.Table;
import io.limber.core.replay.Transitions;
import io.limber.numerics.curvature.ActivationProgram;
import io.limber.numerics.curvature.BootstrapProgram;
import io.limber.numerics.curvature.HessianProgram;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The statistics by which the paper tried to explain plasticity: norms, ranks, dead and dormant
 * units, gradients and scales.
 *
 * @see "Lyle et al. (2023), Understanding Plasticity in Neural Networks, section 4"
 */
public final class StatisticsProbe implements Probe {

  /** Its name in the config. */
  public static final String NAME = "statistics";

  /** Transitions in one pass of the gradient, which bounds its memory. */
  private static final int CHUNK = 512;

  private final StatisticsSettings settings;
  private final ProbeParts parts;
  private final ProbedLoss loss;
  private final HessianProgram gradient;
  private final ActivationProgram activations;
  private final StepProgram optimizer;
  private final ParameterSnapshot initial;

  private StatisticsProbe(
      StatisticsSettings settings,
      ProbeParts parts,
      ParameterSnapshot initial,
      ProbedLoss loss,
      HessianProgram gradient,
      ActivationProgram activations,
      StepProgram optimizer) {
    this.settings = settings;
    this.parts = parts;
    this.optimizer = optimizer;
    this.initial = initial;
    this.loss = loss;
    this.gradient = gradient;
    this.activations = activations;
  }

  /**
   * A probe with sessions of its own.
   *
   * @param initial the parameters that the run began with
   * @throws IllegalArgumentException if the network has no hidden units, as there would be no
   *     features
   */
  public static StatisticsProbe load(
      StatisticsSettings settings, ProbeParts parts, ParameterSnapshot initial) {
    if (parts.network().stages().stream().noneMatch(stage -> stage.layer().isNonlinearity())) {
      throw new IllegalArgumentException(
          "the statistics probe looks at hidden units, and "
              + parts.network().layout().architecture()
              + " has none");
    }
    ProbedLoss loss = ProbedLoss.load(LossKind.TD, parts);
    return new StatisticsProbe(
        settings,
        parts,
        initial,
        loss,
        HessianProbe.program(parts, loss, CHUNK),
        ProbedLoss.activations(parts),
        StepProgram.load(parts));
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
    return Optional.of(StatisticsCost.of(parts.network(), settings.transitions(), CHUNK));
  }

  @Override
  public ProbeResult measure(AgentSnapshot snapshot, Transitions transitions, Progress progress) {
    int rows = settings.transitions();
    parts.check(NAME, snapshot, transitions, rows);
    Measurements all = new Measurements(snapshot.step());
    List<Table> tables = new ArrayList<>();
    temporalDifference(snapshot, transitions, all, tables);
    progress.at(0.2);
    ActivationProgram.Result result = activations.of(snapshot.online(), transitions.sTm1(), rows);
    all.add(Metric.STATISTICS_PREDICTION_SCALE, rootMeanSquare(result.outputs().values()));
    UnitStatistics.add(result, settings, rows, all, tables);
    progress.at(0.5);
    TensorStatistics weights = new TensorStatistics(snapshot.layout());
    weights.addWeights(snapshot.online().values(), initial.values(), all, tables);
    progress.at(1);
    return new ProbeResult(all.list(), tables);
  }

  private void temporalDifference(
      AgentSnapshot snapshot, Transitions transitions, Measurements all, List<Table> tables) {
    int rows = settings.transitions();
    BootstrapProgram.Result targets = loss.mainTask(snapshot, transitions, rows);
    all.add(
        Metric.STATISTICS_TD_LOSS,
        gradient.prepare(snapshot.online(), transitions.sTm1(), rows, targets.targets()));
    double[] exact = gradient.gradient();
    float[] values = new float[exact.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) exact[i];
    }
    TensorStatistics tensors = new TensorStatistics(snapshot.layout());
    tensors.addGradient(FloatBuffer.wrap(values), all, tables);
    snapshot
        .optimizer()
        .ifPresent(
            state -> {
              float[] after = optimizer.step(snapshot.online(), state, values);
              FloatBuffer before = snapshot.online().values();
              tensors.addUpdate(before, FloatBuffer.wrap(after), all, tables);
              AdamMoments.of(parts.optimizer(), state).ifPresent(moments -> moments.addTo(all));
            });
    all.add(Metric.STATISTICS_TARGET_SCALE, rootMeanSquare(targets.values()));
  }

  private static double rootMeanSquare(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares / values.length);
  }

  @Override
  public void close() {
    gradient.close();
    activations.close();
    optimizer.close();
    loss.close();
  }
}
