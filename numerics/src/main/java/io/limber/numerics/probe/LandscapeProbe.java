package io.limber.numerics.probe;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.probe.Probe;
import io.limber.core.probe.ProbeCost;
import io.limber.core.probe.ProbeResult;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.Transitions;
import io.limber.numerics.curvature.HessianProgram;
import io.limber.numerics.linop.ExtremeEigenvalues;
import io.limber.numerics.linop.KrylovPlan;
import io.limber.numerics.linop.LinearOperator;
import io.limber.numerics.linop.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The loss around a snapshot, for pictures: along a random direction that is normalised filter by
 * filter, along the eigenvector of the largest eigenvalue of the loss's Hessian, and over the plane
 * of both. Targets stay those of the snapshot.
 *
 * <p>The random direction is drawn from the same numbers for every snapshot of a run. The
 * eigenvector is as long as the random direction, so that a distance means as much along either;
 * the loss rises, or at least does not fall, along it at first, as an eigenvector has no sign of
 * its own. The two are not made orthogonal.
 *
 * @see "Li et al. (2018), Visualizing the loss landscape of neural nets, section 4"
 */
public final class LandscapeProbe implements Probe {

  /** Its name in the config. */
  public static final String NAME = "landscape";

  private final LandscapeSettings settings;
  private final LandscapePoints points;
  private final ProbeParts parts;
  private final RandomStreams random;
  private final ProbedLoss loss;
  private final HessianProgram hessian;
  private final Workers workers;

  private LandscapeProbe(
      LandscapeSettings settings, ProbeParts parts, ProbedLoss loss, HessianProgram hessian) {
    this.settings = settings;
    points = settings.places();
    this.parts = parts;
    this.loss = loss;
    this.hessian = hessian;
    random = parts.streams(NAME);
    workers = Workers.of(parts.device().cpuThreads());
  }

  /**
   * A probe with sessions of its own.
   *
   * @throws IllegalArgumentException if its Lanczos basis would be over the budget; the message has
   *     the numbers
   */
  public static LandscapeProbe load(LandscapeSettings settings, ProbeParts parts) {
    plan(settings, parts).requireWithin(settings.memoryBudget());
    ProbedLoss loss = ProbedLoss.load(settings.loss(), parts);
    return new LandscapeProbe(
        settings, parts, loss, HessianProbe.program(parts, loss, settings.chunk()));
  }

  private static KrylovPlan plan(LandscapeSettings settings, ProbeParts parts) {
    return KrylovPlan.atMost(parts.network().layout().size(), settings.maxOrder());
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
    // a product takes about as long as two gradients, a forward pass about a third of one
    long gradients = 2L * (settings.maxOrder() + 1) + 1 + (points.count() + 2L) / 3;
    // both directions; the snapshot, a point, and the same as they are fed
    long vectors = (2L * Double.BYTES + 4L * Float.BYTES) * parts.network().layout().size();
    // as they come, as a table and as its copy
    long tables = 3L * 3 * Double.BYTES * points.count();
    return Optional.of(
        new ProbeCost(
            gradients, settings.transitions(), plan(settings, parts).bytes() + vectors + tables));
  }

  @Override
  public ProbeResult measure(AgentSnapshot snapshot, Transitions transitions, Progress progress) {
    int rows = settings.transitions();
    parts.check(NAME, snapshot, transitions, rows);
    float[] targets = loss.targets(snapshot, transitions, rows, random);
    hessian.prepare(snapshot.online(), transitions.sTm1(), rows, targets);
    Work work = new Work(progress);
    ExtremeEigenvalues.RitzPair top = sharpest(work);
    double[] direction =
        FilterNormalisation.direction(snapshot.online(), random.stream("direction"));
    double unit = Math.sqrt(dot(direction, direction));
    Plane plane = new Plane(snapshot.online(), direction, uphill(top.vector(), unit));
    double[] losses = hessian.losses(points.count(), i -> work.point(plane, i));
    progress.at(1);
    return new ProbeResult(
        measurements(snapshot.step(), losses, unit, top.value()), points.tables(losses));
  }

  private ExtremeEigenvalues.RitzPair sharpest(Work work) {
    ExtremeEigenvalues.Request request =
        new ExtremeEigenvalues.Request(
            1, 0, settings.maxOrder(), settings.tolerance(), settings.memoryBudget());
    return ExtremeEigenvalues.find(work, request, random.stream("eigenvalues"), workers)
        .largest()
        .get(0);
  }

  /** The unit vector at length {@code unit}, turned so that the loss does not fall along it. */
  private double[] uphill(double[] vector, double unit) {
    double factor = dot(hessian.gradient(), vector) < 0 ? -unit : unit;
    return Arrays.stream(vector).map(v -> factor * v).toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private List<Measurement> measurements(
      long step, double[] losses, double unit, double eigenvalue) {
    Measurements all = new Measurements(step);
    double centre = losses[points.centre()];
    all.add(Metric.LANDSCAPE_LOSS, centre);
    all.add(Metric.LANDSCAPE_UNIT_LENGTH, unit);
    points
        .largestAlongRandom(losses)
        .ifPresent(largest -> all.add(Metric.LANDSCAPE_RANDOM_RISE, largest - centre));
    points
        .largestAlongEigenvector(losses)
        .ifPresent(largest -> all.add(Metric.LANDSCAPE_EIGENVECTOR_RISE, largest - centre));
    all.add(Metric.LANDSCAPE_EIGENVALUE, eigenvalue);
    all.add(
        Metric.LANDSCAPE_NON_FINITE_POINTS,
        Arrays.stream(losses).filter(value -> !Double.isFinite(value)).count());
    return all.list();
  }

  @Override
  public void close() {
    hessian.close();
    loss.close();
    workers.close();
  }

  /** The prepared Hessian and the points around it; counts both, a product as six passes. */
  private final class Work implements LinearOperator {

    private static final int PASSES = 6;

    private final Progress progress;
    private final double planned;
    private long done;

    Work(Progress progress) {
      this.progress = progress;
      int chunks = (settings.transitions() - 1) / settings.chunk() + 1;
      planned = PASSES * (settings.maxOrder() + 1.0) + (double) points.count() * chunks;
    }

    @Override
    public int size() {
      return hessian.size();
    }

    @Override
    public void apply(double[] v, double[] into) {
      hessian.apply(v, into);
      add(PASSES);
    }

    float[] point(Plane plane, int i) {
      add(1);
      return plane.at(points.alongRandom(i), points.alongEigenvector(i));
    }

    private void add(int passes) {
      done += passes;
      progress.at(Math.min(1, done / planned));
    }
  }
}
