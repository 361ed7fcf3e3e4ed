package io.limber.app.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.random.SeededRandom;
import org.junit.jupiter.api.Test;

/** Expected numbers without another source are NumPy's and SciPy 1.17.1's. */
final class StatisticsTest {

  /** Rounding of a dozen double operations. */
  private static final double EXACT = 1e-12;

  private static final double[] X = {3.1, 0.2, 5.5, 2.2, 2.2, 9.0, 4.4, 1.0};
  private static final double[] Y = {1.0, 2.0, 6.0, 1.5, 3.5, 2.0, 8.0, 0.5};
  private static final double[] FOUR = {1.2, 3.4, 2.2, 0.5};
  private static final double[] FIVE = {2.9, 4.1, 5.0, 3.3, 2.8};

  @Test
  void summary_ofASample_agreesWithNumPy() {
    Summary summary = Summary.of(X);

    assertThat(summary.mean()).isCloseTo(3.45, within(EXACT));
    assertThat(summary.sd()).isCloseTo(2.821347195933177, within(EXACT));
    assertThat(Summary.quantile(X, 0.05)).isCloseTo(0.48, within(EXACT));
    assertThat(Summary.quantile(X, 0.9)).isCloseTo(6.55, within(EXACT));
    assertThat(Summary.median(X)).isCloseTo(2.65, within(EXACT));
  }

  @Test
  void summary_ofOneValue_hasNoSpread() {
    assertThat(Summary.of(new double[] {2}).sd()).isNaN();
  }

  @Test
  void summary_withNaN_namesTheValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Summary.of(new double[] {1, Double.NaN}))
        .withMessageContaining("value 1");
  }

  @Test
  void bootstrap_ofThreeValues_findsTheQuantilesOfAllResamples() {
    // All 27 equally likely resamples of 1, 2, 6: the smallest mean, 1, and the largest, 6, have
    // probability 1/27 each, more than the 2.5 % of a tail.
    Interval interval = Bootstrap.DEFAULT.mean(new double[] {1, 2, 6}, new SeededRandom(1));

    assertThat(interval).isEqualTo(new Interval(3, 1, 6));
  }

  @Test
  void bootstrap_ofThirtyValues_agreesWithSciPy() {
    double[] sample = {
      1.83, 2.64, 1.07, 3.98, 0.91, 0.98, 0.11, 0.52, 1.06, 2.26, 1.51, 0.95, 3.13, 0.88, 1.14,
      0.67, 1.47, 1.96, 0.96, 2.9, 0.51, 4.08, 2.03, 4.35, 5.24, 2.17, 1.66, 0.5, 2.29, 0.56
    };

    Interval interval = new Bootstrap(40_000, 0.95).mean(sample, new SeededRandom(1));

    // The standard error of such a quantile from 40,000 draws is 0.003; SciPy drew 400,000.
    assertThat(interval.low()).isCloseTo(1.3747, within(0.015));
    assertThat(interval.high()).isCloseTo(2.2877, within(0.015));
  }

  @Test
  void bootstrap_ofOneValue_hasNoEnds() {
    Interval interval = Bootstrap.DEFAULT.mean(new double[] {2}, new SeededRandom(1));

    assertThat(interval.estimate()).isEqualTo(2);
    assertThat(interval.isKnown()).isFalse();
    assertThat(interval.isAbove(0)).isFalse();
  }

  @Test
  void differenceOfMeans_ofTwoSamples_hasTheSpreadOfBoth() {
    Interval interval =
        new Bootstrap(40_000, 0.95).differenceOfMeans(FIVE, FOUR, new SeededRandom(1));

    // Variance of a resampled mean: the sample's plug-in variance over n. The percentiles of a sum
    // of so few values are near, not at, the normal ones: a tenth of the half width.
    double sd = Math.sqrt(plugInVariance(FIVE) / 5 + plugInVariance(FOUR) / 4);
    assertThat(interval.estimate()).isCloseTo(1.795, within(EXACT));
    assertThat(interval.high() - interval.low()).isCloseTo(2 * 1.96 * sd, within(0.2 * 1.96 * sd));
  }

  @Test
  void spearman_withTies_agreesWithSciPy() {
    Interval interval = RankCorrelation.spearman(X, Y);

    assertThat(interval.estimate()).isCloseTo(0.45783132530120474, within(EXACT));
    // tanh(atanh(r) ± 1.96 √((1 + r²/2)/5)), by hand
    assertThat(interval.low()).isCloseTo(-0.402598, within(1e-6));
    assertThat(interval.high()).isCloseTo(0.888735, within(1e-6));
  }

  @Test
  void spearman_ofAMonotoneRelation_isOne() {
    assertThat(
            RankCorrelation.spearman(new double[] {1, 2, 3, 4, 5}, new double[] {1, 8, 27, 64, 125})
                .estimate())
        .isEqualTo(1);
  }

  @Test
  void spearman_withAConstantSample_isUnknown() {
    Interval interval = RankCorrelation.spearman(new double[] {1, 1, 1, 1}, FOUR);

    assertThat(interval.estimate()).isNaN();
    assertThat(interval.isKnown()).isFalse();
  }

  @Test
  void permutationTest_ofFewValues_isExact() {
    assertThat(PermutationTest.DEFAULT.isGreater(FIVE, FOUR, new SeededRandom(1)))
        .isCloseTo(0.031746031746031744, within(EXACT));
  }

  @Test
  void permutationTest_drawingRelabellings_comesNearTheExactValue() {
    // With fewer draws than the 126 relabellings; the standard error is √(0.03 · 0.97 / 125).
    assertThat(new PermutationTest(125).isGreater(FIVE, FOUR, new SeededRandom(1)))
        .isCloseTo(0.0317, within(0.05));
  }

  private static double plugInVariance(double[] sample) {
    double sd = Summary.of(sample).sd();
    return sd * sd * (sample.length - 1) / sample.length;
  }
}
