package io.limber.numerics.probe;

import io.limber.core.probe.Table;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * How the weights of each tensor are distributed, as two tables with a column for each tensor:
 * {@code weight-range} with the smallest and the largest weight, and {@code weight-histogram} with
 * the numbers of weights in {@value #BUCKETS} equal parts of that range, from the smallest up. A
 * weight between two parts is in the upper one, the largest weight in the last.
 */
final class WeightHistograms {

  static final int BUCKETS = 64;

  private WeightHistograms() {}

  /**
   * Both tables. Cost: two passes over the weights.
   *
   * @param names of the tensors
   * @param tensors their weights, finite, at least one each
   */
  static List<Table> of(List<String> names, List<FloatBuffer> tensors) {
    double[] smallest = new double[tensors.size()];
    double[] largest = new double[tensors.size()];
    double[][] counts = new double[BUCKETS][tensors.size()];
    for (int t = 0; t < tensors.size(); t++) {
      FloatBuffer weights = tensors.get(t);
      smallest[t] = Double.POSITIVE_INFINITY;
      largest[t] = Double.NEGATIVE_INFINITY;
      for (int i = weights.position(); i < weights.limit(); i++) {
        smallest[t] = Math.min(smallest[t], weights.get(i));
        largest[t] = Math.max(largest[t], weights.get(i));
      }
      for (int i = weights.position(); i < weights.limit(); i++) {
        counts[bucket(weights.get(i), smallest[t], largest[t])][t]++;
      }
    }
    return List.of(
        new Table("weight-range", names, List.of(smallest, largest)),
        new Table("weight-histogram", names, List.of(counts)));
  }

  /** All in the first where all weights are equal, for instance biases that are still zero. */
  private static int bucket(double weight, double smallest, double largest) {
    return largest == smallest
        ? 0
        : Math.min(BUCKETS - 1, (int) (BUCKETS * (weight - smallest) / (largest - smallest)));
  }
}
