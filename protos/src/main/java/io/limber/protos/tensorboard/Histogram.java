package io.limber.protos.tensorboard;

import java.util.Arrays;

/**
 * How values are distributed over buckets that lie next to each other. Immutable.
 *
 * @param smallest where the first bucket begins
 * @param limits where each bucket ends, ascending; copied in
 * @param counts what lies in each bucket, not negative, need not be whole; copied in
 */
public record Histogram(double smallest, double[] limits, double[] counts) {

  public Histogram {
    if (limits.length != counts.length || limits.length == 0) {
      throw new IllegalArgumentException(
          limits.length
              + " limits of buckets and "
              + counts.length
              + " counts must be equally many");
    }
    limits = limits.clone();
    counts = counts.clone();
    double lower = smallest;
    for (int i = 0; i < limits.length; i++) {
      if (!(limits[i] > lower) || !(counts[i] >= 0)) {
        throw new IllegalArgumentException(
            "bucket %d from %s to %s holds %s: limits must ascend, counts not be negative"
                .formatted(i, lower, limits[i], counts[i]));
      }
      lower = limits[i];
    }
  }

  /** As many buckets of the same width, from the smallest to the largest value. */
  public static Histogram uniform(double smallest, double largest, double[] counts) {
    double[] limits = new double[counts.length];
    Arrays.setAll(limits, i -> smallest + (largest - smallest) * (i + 1) / counts.length);
    return new Histogram(smallest, limits, counts);
  }

  /** How many there are. */
  public int buckets() {
    return limits.length;
  }

  /** Where a bucket ends. */
  public double limit(int bucket) {
    return limits[bucket];
  }

  /** What lies in it. */
  public double count(int bucket) {
    return counts[bucket];
  }

  @Override
  public double[] limits() {
    return limits.clone();
  }

  @Override
  public double[] counts() {
    return counts.clone();
  }
}
