package io.limber.streams.metrics;

import io.limber.core.probe.ProbeTables;
import io.limber.core.probe.Table;
import io.limber.protos.tensorboard.Histogram;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The distributions among a probe's tables, by TensorBoard's tag. */
final class TableHistograms {

  /** More than TensorBoard draws. */
  private static final int MOST_BUCKETS = 200;

  private TableHistograms() {}

  /**
   * {@code statistics/weights/TENSOR} of the statistics probe, {@code hessian/density} of the
   * Hessian probe; none of others.
   */
  static Map<String, Histogram> of(ProbeTables tables) {
    Map<String, Histogram> histograms = new LinkedHashMap<>();
    Optional<Table> range = table(tables, "weight-range");
    Optional<Table> counts = table(tables, "weight-histogram");
    if (range.isPresent() && counts.isPresent()) {
      addWeights(tables.probe(), range.get().rows(), counts.get(), histograms);
    }
    table(tables, "density")
        .ifPresent(density -> histograms.put(tables.probe() + "/density", density(density.rows())));
    return histograms;
  }

  static Optional<Table> table(ProbeTables tables, String name) {
    return tables.tables().stream().filter(table -> table.name().equals(name)).findAny();
  }

  private static void addWeights(
      String probe, List<double[]> range, Table counts, Map<String, Histogram> histograms) {
    List<double[]> rows = counts.rows();
    for (int tensor = 0; tensor < counts.columns().size(); tensor++) {
      int column = tensor;
      double smallest = range.get(0)[column];
      double largest = range.get(1)[column];
      if (!Double.isFinite(largest - smallest)) {
        continue; // such weights have no distribution to draw
      }
      double[] values = rows.stream().mapToDouble(row -> row[column]).toArray();
      histograms.put(
          probe + "/weights/" + counts.columns().get(column),
          largest > smallest
              ? Histogram.uniform(smallest, largest, values)
              : new Histogram(smallest, new double[] {Math.nextUp(smallest)}, total(values)));
    }
  }

  private static double[] total(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return new double[] {sum};
  }

  /** From points of a curve, ascending, to the mass around them: neighbours are added up. */
  private static Histogram density(List<double[]> points) {
    int perBucket = Math.max(1, (points.size() - 2 + MOST_BUCKETS) / MOST_BUCKETS);
    int buckets = (points.size() - 2 + perBucket) / perBucket;
    double[] limits = new double[buckets];
    double[] masses = new double[buckets];
    for (int i = 1; i < points.size(); i++) {
      int bucket = (i - 1) / perBucket;
      double width = points.get(i)[0] - points.get(i - 1)[0];
      limits[bucket] = points.get(i)[0];
      masses[bucket] += width * (points.get(i)[1] + points.get(i - 1)[1]) / 2;
    }
    return new Histogram(points.get(0)[0], limits, masses);
  }
}
