package io.limber.numerics.probe;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.probe.Probe;
import io.limber.core.probe.ProbeCost;
import io.limber.core.probe.ProbeResult;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.Transitions;
import io.limber.numerics.curvature.HessianProgram;
import io.limber.numerics.linop.Estimate;
import io.limber.numerics.linop.ExtremeEigenvalues;
import io.limber.numerics.linop.Hutchinson;
import io.limber.numerics.linop.KrylovPlan;
import io.limber.numerics.linop.LinearOperator;
import io.limber.numerics.linop.SpectralDensity;
import io.limber.numerics.linop.Workers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The spectrum of the exact Hessian of one loss (eq 2): both ends with their residuals, trace,
 * negative mass and density. Start and sign vectors are the same for every snapshot of a run.
 *
 * @see "Lyle et al. (2023), Understanding Plasticity in Neural Networks, section 2 and appendix A"
 */
public final class HessianProbe implements Probe {

  /** Its name in the config. */
  public static final String NAME = "hessian";

  private final HessianSettings settings;
  private final ProbeParts parts;
  private final RandomStreams random;
  private final ProbedLoss loss;
  private final HessianProgram hessian;
  private final Workers workers;

  private HessianProbe(
      HessianSettings settings, ProbeParts parts, ProbedLoss loss, HessianProgram hessian) {
    this.settings = settings;
    this.parts = parts;
    this.loss = loss;
    this.hessian = hessian;
    random = parts.streams(NAME);
    workers = Workers.of(parts.device().threads().total());
  }

  /**
   * A probe with sessions of its own.
   *
   * @throws IllegalArgumentException if its Lanczos basis would be over the budget; the message has
   *     the numbers; or if the network couples examples and would see them in chunks
   */
  public static HessianProbe load(HessianSettings settings, ProbeParts parts) {
    if (parts.network().couplesExamples() && settings.chunk() < settings.transitions()) {
      throw new InvalidSettingException(
          "limber.hessian.chunk",
          settings.chunk(),
          "be at least hessian.transitions = "
              + settings.transitions()
              + " for a network with batch norm, whose loss is that of the whole batch");
    }
    int order = Math.max(settings.maxOrder(), settings.densityOrder());
    KrylovPlan.atMost(parts.network().layout().size(), order)
        .requireWithin(settings.memoryBudget());
    ProbedLoss loss = ProbedLoss.load(settings.loss(), parts);
    return new HessianProbe(settings, parts, loss, program(parts, loss, settings.chunk()));
  }

  static HessianProgram program(ProbeParts parts, ProbedLoss loss, int chunk) {
    Path folder =
        parts.program(
            "hessian-" + loss.name(),
            to -> HessianProgram.export(to, loss.network(), parts.observations(), loss.loss()));
    return HessianProgram.load(
        folder, parts.device(), loss.network(), parts.observations(), loss.loss(), chunk);
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
    long parameters = parts.network().layout().size();
    int order = Math.max(settings.maxOrder(), settings.densityOrder());
    // a product takes about as long as two gradients
    return Optional.of(
        new ProbeCost(
            2L * settings.products(),
            settings.transitions(),
            (order + 1) * parameters * Double.BYTES));
  }

  @Override
  public ProbeResult measure(AgentSnapshot snapshot, Transitions transitions, Progress progress) {
    int rows = settings.transitions();
    parts.check(NAME, snapshot, transitions, rows);
    float[] targets = loss.targets(snapshot, transitions, rows, random);
    double value = hessian.prepare(snapshot.online(), transitions.sTm1(), rows, targets);
    Products products = new Products(progress);
    ExtremeEigenvalues.Extremes ends =
        ExtremeEigenvalues.find(
            products,
            new ExtremeEigenvalues.Request(
                1, 1, settings.maxOrder(), settings.tolerance(), settings.memoryBudget()),
            random.stream("eigenvalues"),
            workers);
    Hutchinson.Moments moments =
        Hutchinson.moments(products, settings.traceProducts(), random.stream("trace"), workers);
    SpectralDensity density =
        SpectralDensity.estimate(
            products,
            settings.densityOrder(),
            settings.draws(),
            random.stream("density"),
            settings.memoryBudget(),
            workers);
    progress.at(1);
    double width = DensityTables.width(density, settings.relativeWidth());
    // one node stands for the many eigenvalues near zero, on whichever side their mean happens to
    // lie, so what is nearer than the density's own resolution says nothing about a sign
    Estimate negativeMass = density.negativeMass(width);
    return new ProbeResult(
        measurements(snapshot.step(), value, ends, moments, negativeMass),
        DensityTables.of(density, width));
  }

  private static List<Measurement> measurements(
      long step,
      double loss,
      ExtremeEigenvalues.Extremes ends,
      Hutchinson.Moments moments,
      Estimate negativeMass) {
    ExtremeEigenvalues.RitzPair largest = ends.largest().get(0);
    ExtremeEigenvalues.RitzPair smallest = ends.smallest().get(0);
    Measurements all = new Measurements(step);
    all.add(Metric.HESSIAN_LOSS, loss);
    all.add(Metric.HESSIAN_LARGEST_EIGENVALUE, largest.value());
    all.add(Metric.HESSIAN_LARGEST_RESIDUAL, largest.residual());
    all.add(Metric.HESSIAN_SMALLEST_EIGENVALUE, smallest.value());
    all.add(Metric.HESSIAN_SMALLEST_RESIDUAL, smallest.residual());
    all.add(Metric.HESSIAN_CONDITION_NUMBER, ends.conditionNumber());
    all.add(Metric.HESSIAN_TRACE, moments.trace().mean());
    all.add(Metric.HESSIAN_TRACE_ERROR, moments.trace().standardError());
    all.add(Metric.HESSIAN_FROBENIUS_NORM, moments.frobenius());
    all.add(Metric.HESSIAN_NEGATIVE_MASS, negativeMass.mean());
    if (negativeMass.samples() > 1) {
      all.add(Metric.HESSIAN_NEGATIVE_MASS_ERROR, negativeMass.standardError());
    }
    return all.list();
  }

  @Override
  public void close() {
    hessian.close();
    loss.close();
    workers.close();
  }

  /** The prepared Hessian; counts its products. */
  private final class Products implements LinearOperator {
    private final Progress progress;
    private int done;

    Products(Progress progress) {
      this.progress = progress;
    }

    @Override
    public int size() {
      return hessian.size();
    }

    @Override
    public void apply(double[] v, double[] into) {
      hessian.apply(v, into);
      // a repeated product now and then is not planned for
      progress.at(Math.min(1, ++done / (double) settings.products()));
    }
  }
}
