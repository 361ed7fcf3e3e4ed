package io.limber.app.statistics;

import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Percentile bootstrap intervals: the statistic over samples drawn with replacement.
 *
 * <p>Narrow for small samples: with 5 seeds a nominal 95 % interval of a mean covers about 85 %. A
 * report says the number of seeds beside it.
 *
 * @param resamples samples to draw, at least 100
 * @param confidence nominal coverage, in (0, 1)
 * @see "Efron and Tibshirani (1993), An Introduction to the Bootstrap, section 13.3"
 */
public record Bootstrap(int resamples, double confidence) {

  /** 95 % from 4,000 resamples: their own error is then a twentieth of the standard error. */
  public static final Bootstrap DEFAULT = new Bootstrap(4_000, 0.95);

  public Bootstrap {
    if (resamples < 100) {
      throw new IllegalArgumentException("resamples " + resamples + " must be at least 100");
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence " + confidence + " must lie in (0, 1)");
    }
  }

  /**
   * The interval of the mean; without ends for a single value.
   *
   * @throws IllegalArgumentException if the sample is empty or holds a value that is not finite
   */
  public Interval mean(double[] sample, RandomGenerator random) {
    return of(sample, Summary::mean, random);
  }

  /**
   * The interval of {@code statistic}; without ends for a single value.
   *
   * @param statistic must not keep or change its argument
   * @throws IllegalArgumentException if the sample is empty or holds a value that is not finite
   */
  public Interval of(
      double[] sample, ToDoubleFunction<double[]> statistic, RandomGenerator random) {
    Summary.checkSample(sample);
    double estimate = statistic.applyAsDouble(sample);
    if (sample.length == 1) {
      return Interval.unknownAround(estimate);
    }
    double[] drawn = new double[resamples];
    double[] resample = new double[sample.length];
    for (int i = 0; i < resamples; i++) {
      draw(sample, resample, random);
      drawn[i] = statistic.applyAsDouble(resample);
    }
    return percentiles(estimate, drawn);
  }

  /**
   * The interval of the difference between the means of two independent samples, {@code first} −
   * {@code second}; without ends if either holds a single value.
   *
   * @throws IllegalArgumentException if a sample is empty or holds a value that is not finite
   */
  public Interval differenceOfMeans(double[] first, double[] second, RandomGenerator random) {
    double estimate = Summary.mean(first) - Summary.mean(second);
    if (first.length == 1 || second.length == 1) {
      return Interval.unknownAround(estimate);
    }
    double[] drawn = new double[resamples];
    double[] one = new double[first.length];
    double[] other = new double[second.length];
    for (int i = 0; i < resamples; i++) {
      draw(first, one, random);
      draw(second, other, random);
      drawn[i] = Summary.mean(one) - Summary.mean(other);
    }
    return percentiles(estimate, drawn);
  }

  private Interval percentiles(double estimate, double[] drawn) {
    double tail = (1 - confidence) / 2;
    return new Interval(estimate, Summary.quantile(drawn, tail), Summary.quantile(drawn, 1 - tail));
  }

  private static void draw(double[] sample, double[] resample, RandomGenerator random) {
    for (int i = 0; i < resample.length; i++) {
      resample[i] = sample[random.nextInt(sample.length)];
    }
  }
}
