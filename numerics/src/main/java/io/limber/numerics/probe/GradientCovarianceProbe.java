package io.limber.numerics.probe;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.metrics.Metric;
import io.limber.core.probe.Probe;
import io.limber.core.probe.ProbeCost;
import io.limber.core.probe.ProbeResult;
import io.limber.core.probe.Table;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.Transitions;
import io.limber.numerics.curvature.GramProgram;
import io.limber.numerics.statistics.GramMatrix;
import io.limber.numerics.statistics.KMeans;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the gradients of single examples point the same way (eq 3): their cosines, with rows and
 * columns ordered by k-means clusters for display.
 *
 * @see "Lyle et al. (2023), Understanding Plasticity in Neural Networks, section 2"
 */
public final class GradientCovarianceProbe implements Probe {

  /** Its name in the config. */
  public static final String NAME = "gradient-covariance";

  private final GradientCovarianceSettings settings;
  private final ProbeParts parts;
  private final RandomStreams random;
  private final ProbedLoss loss;
  private final GramProgram gram;

  private GradientCovarianceProbe(
      GradientCovarianceSettings settings, ProbeParts parts, ProbedLoss loss, GramProgram gram) {
    this.settings = settings;
    this.parts = parts;
    this.loss = loss;
    this.gram = gram;
    random = parts.streams(NAME);
  }

  /** A probe with sessions of its own. */
  public static GradientCovarianceProbe load(
      GradientCovarianceSettings settings, ProbeParts parts) {
    ProbedLoss loss = ProbedLoss.load(settings.loss(), parts);
    Path folder =
        parts.program(
            "gram-" + loss.name(),
            to -> GramProgram.export(to, loss.network(), parts.observations(), loss.loss()));
    GramProgram gram =
        GramProgram.load(folder, parts.device(), loss.network(), parts.observations(), loss.loss());
    return new GradientCovarianceProbe(settings, parts, loss, gram);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int transitions() {
    return settings.examples();
  }

  @Override
  public Optional<ProbeCost> cost() {
    long matrix = (long) Double.BYTES * settings.examples() * settings.examples();
    // the inner products cost about as much as the gradient that they are made from; the matrix,
    // its cosines, their rows for the clusters and as they are displayed
    return Optional.of(new ProbeCost(2, settings.examples(), 4 * matrix));
  }

  @Override
  public ProbeResult measure(AgentSnapshot snapshot, Transitions transitions, Progress progress) {
    int k = settings.examples();
    parts.check(NAME, snapshot, transitions, k);
    float[] targets = loss.targets(snapshot, transitions, k, random);
    GramMatrix cosines =
        GramMatrix.of(k, gram.gram(snapshot.online(), transitions.sTm1(), k, targets)).cosines();
    progress.at(0.5);
    double[][] rows = new double[k][];
    for (int i = 0; i < k; i++) {
      rows[i] = cosines.row(i);
    }
    KMeans.Clusters clusters =
        KMeans.cluster(rows, settings.clusters(), settings.restarts(), random.stream("clusters"));
    Measurements all = new Measurements(snapshot.step());
    all.add(Metric.GRADIENT_COVARIANCE_MEAN_COSINE, cosines.meanOffDiagonal());
    all.add(Metric.GRADIENT_COVARIANCE_FRACTION_NEGATIVE, cosines.fractionNegative());
    all.add(Metric.GRADIENT_COVARIANCE_EFFECTIVE_RANK, cosines.effectiveRank());
    all.add(Metric.GRADIENT_COVARIANCE_ZERO_GRADIENTS, cosines.zeroVectors());
    progress.at(1);
    return new ProbeResult(all.list(), tables(cosines, clusters));
  }

  private static List<Table> tables(GramMatrix cosines, KMeans.Clusters clusters) {
    int[] order = clusters.displayOrder();
    GramMatrix displayed = cosines.reordered(order);
    List<String> columns = new ArrayList<>();
    List<double[]> rows = new ArrayList<>();
    List<double[]> members = new ArrayList<>();
    for (int i = 0; i < order.length; i++) {
      columns.add("example-" + order[i]);
      rows.add(displayed.row(i));
      members.add(new double[] {order[i], clusters.of(order[i])});
    }
    return List.of(
        new Table("cosines", columns, rows),
        new Table("display-order", List.of("example", "cluster"), members));
  }

  @Override
  public void close() {
    gram.close();
    loss.close();
  }
}
