package io.limber.numerics.linop;

/**
 * A mean over independent samples.
 *
 * @param mean of the samples
 * @param standardError sample standard deviation (divisor samples − 1) over √samples, in the mean's
 *     unit; NaN for one sample, which says nothing about its own error
 * @param samples how many, at least 1
 */
public record Estimate(double mean, double standardError, int samples) {

  /**
   * Summarises samples.
   *
   * @throws IllegalArgumentException without samples
   */
  public static Estimate of(double... samples) {
    if (samples.length == 0) {
      throw new IllegalArgumentException("an estimate needs at least 1 sample, got none");
    }
    double sum = 0;
    for (double sample : samples) {
      sum += sample;
    }
    double mean = sum / samples.length;
    double squares = 0;
    for (double sample : samples) {
      squares += (sample - mean) * (sample - mean);
    }
    double variance = squares / (samples.length - 1);
    return new Estimate(mean, Math.sqrt(variance / samples.length), samples.length);
  }
}
