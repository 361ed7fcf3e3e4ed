package io.limber.app.statistics;

import java.util.Arrays;

/**
 * Mean, spread and quantiles of a sample.
 *
 * @param n values in the sample, at least 1
 * @param mean arithmetic mean
 * @param sd square root of the unbiased variance (divisor n − 1); NaN for a single value
 */
public record Summary(int n, double mean, double sd) {

  /**
   * Summarises {@code sample}.
   *
   * @throws IllegalArgumentException if the sample is empty or holds a value that is not finite
   */
  public static Summary of(double[] sample) {
    double mean = mean(sample);
    double squares = 0;
    for (double value : sample) {
      squares += (value - mean) * (value - mean);
    }
    double sd = sample.length == 1 ? Double.NaN : Math.sqrt(squares / (sample.length - 1));
    return new Summary(sample.length, mean, sd);
  }

  /**
   * The arithmetic mean of {@code sample}.
   *
   * @throws IllegalArgumentException if the sample is empty or holds a value that is not finite
   */
  public static double mean(double[] sample) {
    checkSample(sample);
    return Arrays.stream(sample).sum() / sample.length;
  }

  /**
   * The value below which a share of {@code probability} of {@code sample} lies, linear between
   * order statistics (type 7, the default of R and NumPy).
   *
   * @throws IllegalArgumentException if {@code probability} is outside [0, 1], or the sample is
   *     empty or holds a value that is not finite
   * @see "Hyndman and Fan (1996), Sample quantiles in statistical packages, definition 7"
   */
  public static double quantile(double[] sample, double probability) {
    checkSample(sample);
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability " + probability + " must lie in [0, 1]");
    }
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    double position = probability * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /** The middle of {@code sample}; see {@link #quantile}. */
  public static double median(double[] sample) {
    return quantile(sample, 0.5);
  }

  static void checkSample(double[] sample) {
    if (sample.length == 0) {
      throw new IllegalArgumentException("an empty sample has no statistics");
    }
    for (int i = 0; i < sample.length; i++) {
      if (!Double.isFinite(sample[i])) {
        throw new IllegalArgumentException("value " + i + " of the sample is " + sample[i]);
      }
    }
  }
}
