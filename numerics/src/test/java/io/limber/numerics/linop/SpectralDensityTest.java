package io.limber.numerics.linop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpectralDensityTest {

  private static final Workers WORKERS = Workers.of(1);
  private static final long BUDGET = 1L << 28;

  @Test
  void curve_anySpectrum_integratesToOne() {
    for (int order : new int[] {1, 7, 60}) {
      var density = estimate(indefinite(), order, 3);

      DensityCurve curve = density.curve(density.defaultWidth(), 800);

      // trapezoid at step σ and the tails beyond 6 σ
      assertThat(curve.integral()).isCloseTo(1, within(1e-7));
    }
  }

  @Test
  void curve_step_atTheKernelWidth_stillIntegratesToOne() {
    var density = estimate(indefinite(), 40, 2);
    double width = 0.05;
    int points = (int) Math.ceil((density.largestNode() - density.smallestNode()) / width + 12) + 1;

    assertThat(density.curve(width, points).integral()).isCloseTo(1, within(1e-7));
    assertThatThrownBy(() -> density.curve(width, points - 2))
        .hasMessageContaining("take at least " + points);
  }

  @Test
  void moments_firstTwo_matchTraceAndFrobeniusWithinTheirErrors() {
    for (DenseOperator operator :
        new DenseOperator[] {
          indefinite(), DenseOperator.wishart(300, 500, new SplittableRandom(2))
        }) {
      var density = estimate(operator, 20, 40);

      Estimate mean = density.moment(1);
      Estimate square = density.moment(2);

      // four standard errors; and these must be small enough to mean something
      double p = operator.size();
      assertThat(mean.mean()).isCloseTo(operator.trace() / p, within(4 * mean.standardError()));
      assertThat(square.mean())
          .isCloseTo(operator.squaredFrobenius() / p, within(4 * square.standardError()));
      assertThat(square.standardError()).isLessThan(0.05 * square.mean());
    }
  }

  @Test
  void quadrature_oneDraw_isExactForTheStartVectorsMoments() {
    var operator = new DiagonalOperator(500, i -> Math.cos(i));
    var density = estimate(operator, 12, 1);
    var random = new SplittableRandom(23); // the same start vector again
    double[] v = new double[500];
    double norm = 0;
    for (int i = 0; i < 500; i++) {
      v[i] = random.nextGaussian();
      norm += v[i] * v[i];
    }
    for (int degree = 0; degree <= 23; degree++) { // 2 × 12 − 1
      double expected = 0;
      for (int i = 0; i < 500; i++) {
        expected += v[i] * v[i] / norm * Math.pow(Math.cos(i), degree);
      }
      assertThat(density.moment(degree).mean()).isCloseTo(expected, within(1e-13));
    }
    assertThat(density.moment(24).mean()).isLessThan(moment(v, norm, 24) - 1e-9);
  }

  private static double moment(double[] v, double norm, int degree) {
    return IntStream.range(0, v.length)
        .mapToDouble(i -> v[i] * v[i] / norm * Math.pow(Math.cos(i), degree))
        .sum();
  }

  @Test
  void curve_twoLevels_putsTheirSharesAtTheirPlaces() {
    // 2,000 eigenvalues: a quarter at −1, the rest at 2
    var density = estimate(new DiagonalOperator(2_000, i -> i % 4 == 0 ? -1 : 2), 10, 10);

    DensityCurve curve = density.curve(0.05, 2_000);

    double low = 0;
    for (int i = 1; i < curve.points(); i++) {
      low += curve.eigenvalue(i) < 0.5 ? curve.density(i) : 0;
    }
    low *= curve.eigenvalue(1) - curve.eigenvalue(0);
    // share's deviation √(2 · ¼ · ¾ / 2,000 / 10 draws) = 0.0043, four of them
    assertThat(low).isCloseTo(0.25, within(0.018));
    assertThat(density.draws()).allMatch(q -> q.order() == 2);
  }

  @Test
  void negativeMass_indefinite_isTheShareOfNegativeEigenvalues() {
    // 30 % at −1, 30 % at 0, 40 % in (0, 5]
    var operator =
        new DiagonalOperator(2_000, i -> i % 10 < 3 ? -1 : i % 10 < 6 ? 0 : 5 * (i + 1) / 2_000.0);

    Estimate mass = estimate(operator, 60, 20).negativeMass();

    // standard error √(2 · 0.3 · 0.7 / 2,000 / 20) = 0.0032, four of them
    assertThat(mass.mean()).isCloseTo(0.3, within(0.013));
    assertThat(mass.samples()).isEqualTo(20);
    assertThat(mass.standardError()).isBetween(0.001, 0.01);
  }

  @Test
  void negativeMass_zerosBlurredByRounding_isNone() {
    // rank 50 of 200: a floor of zero would count half of the blurred zeros
    var operator = DenseOperator.wishart(200, 50, new SplittableRandom(5)).rounded(x -> (float) x);
    var density = estimate(operator, 100, 3);

    assertThat(density.negativeMass().mean()).isZero();
    assertThat(density.negativeMass(0).mean()).isPositive();
    assertThatThrownBy(() -> density.negativeMass(-1)).hasMessageContaining("floor -1.0");
  }

  @Test
  void estimate_constantSpectrum_isAPeakOfTheMagnitudesWidth() {
    var density = estimate(new DiagonalOperator(40, i -> 2), 10, 2);

    assertThat(density.defaultWidth()).isCloseTo(2 * SpectralDensity.RELATIVE_WIDTH, within(1e-15));
    assertThat(density.curve(density.defaultWidth(), 100).integral()).isCloseTo(1, within(1e-7));
  }

  @Test
  void estimate_sameSeed_givesTheSameBits() {
    var a = estimate(indefinite(), 25, 2).curve(0.1, 900);
    var b = estimate(indefinite(), 25, 2).curve(0.1, 900);

    for (int i = 0; i < a.points(); i++) {
      assertThat(a.density(i)).isEqualTo(b.density(i));
    }
  }

  @Test
  void estimate_draws_useDifferentStartVectors() {
    var draws = estimate(indefinite(), 5, 2).draws();

    assertThat(draws.get(0).node(0)).isNotEqualTo(draws.get(1).node(0));
  }

  @Test
  void estimate_badInput_isRefused() {
    assertThatThrownBy(() -> estimate(indefinite(), 5, 0)).hasMessage("draws 0 must be at least 1");
    assertThatThrownBy(() -> estimate(indefinite(), 0, 1)).hasMessageContaining("order 0");
    assertThatThrownBy(() -> estimate(new DiagonalOperator(5, i -> i == 2 ? Double.NaN : i), 3, 2))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("draw 1 of 2: product 1 of the Lanczos process is not finite");
    var density = estimate(indefinite(), 3, 1);
    assertThatThrownBy(() -> density.curve(0, 100)).hasMessageContaining("kernel width 0.0");
  }

  private static DenseOperator indefinite() {
    double[] spectrum =
        IntStream.range(0, 200).mapToDouble(i -> 12 * Math.pow(i / 200.0, 3) - 2).toArray();
    return DenseOperator.withSpectrum(spectrum, 8);
  }

  private static SpectralDensity estimate(LinearOperator operator, int order, int draws) {
    return SpectralDensity.estimate(
        operator, order, draws, new SplittableRandom(23), BUDGET, WORKERS);
  }
}
