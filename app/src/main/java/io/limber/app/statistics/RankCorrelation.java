package io.limber.app.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Spearman's rank correlation: whether one quantity rises with another, on any monotone scale. */
public final class RankCorrelation {

  private static final double NORMAL_QUANTILE_975 = 1.959963984540054;

  private RankCorrelation() {}

  /**
   * Correlation of the ranks of {@code x} and {@code y}, with mean ranks for ties, and its 95 %
   * interval: Fisher's z with the variance (1 + ρ²/2) / (n − 3), which stays close to its nominal
   * coverage up to |ρ| = 0.95. The estimate is NaN if either sample is constant; the ends are NaN
   * below 4 pairs.
   *
   * @param x sample, at least two values
   * @param y sample of the same length
   * @throws IllegalArgumentException if the lengths differ, are below 2, or a value is not finite
   * @see "Bonett and Wright (2000), Sample size requirements for estimating Pearson, Kendall and
   *     Spearman correlations, Psychometrika 65(1)"
   */
  public static Interval spearman(double[] x, double[] y) {
    if (x.length != y.length || x.length < 2) {
      throw new IllegalArgumentException(
          "a correlation needs two samples of one length, at least 2, not of "
              + x.length
              + " and "
              + y.length);
    }
    double correlation = pearson(ranks(x), ranks(y));
    if (x.length < 4 || Double.isNaN(correlation)) {
      return Interval.unknownAround(correlation);
    }
    double z = atanh(correlation);
    double error = Math.sqrt((1 + correlation * correlation / 2) / (x.length - 3));
    return new Interval(
        correlation,
        Math.tanh(z - NORMAL_QUANTILE_975 * error),
        Math.tanh(z + NORMAL_QUANTILE_975 * error));
  }

  /** Ranks from 1; equal values share the mean of the ranks that they take up. */
  static double[] ranks(double[] sample) {
    Summary.checkSample(sample);
    int[] order =
        IntStream.range(0, sample.length)
            .boxed()
            .sorted((i, j) -> Double.compare(sample[i], sample[j]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[sample.length];
    for (int from = 0; from < order.length; ) {
      int to = from;
      while (to < order.length && sample[order[to]] == sample[order[from]]) {
        to++;
      }
      double shared = (from + 1 + to) / 2.0;
      for (int i = from; i < to; i++) {
        ranks[order[i]] = shared;
      }
      from = to;
    }
    return ranks;
  }

  private static double pearson(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    return xx == 0 || yy == 0 ? Double.NaN : Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
  }

  /** At ±1 infinite: the interval is then the point itself. */
  private static double atanh(double r) {
    return 0.5 * Math.log((1 + r) / (1 - r));
  }
}
