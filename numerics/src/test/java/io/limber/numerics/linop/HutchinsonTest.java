package io.limber.numerics.linop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HutchinsonTest {

  private static final Workers WORKERS = Workers.of(1);

  @Test
  void moments_diagonal_areExact() {
    // signs square to one, so a diagonal operator has no variance: only rounding is left
    var operator = new DiagonalOperator(3_000, i -> i - 1_000);

    var moments = moments(operator, 3);

    assertThat(moments.trace().mean()).isCloseTo(3_000 * 499.5, within(1e-6));
    assertThat(moments.trace().standardError()).isLessThan(1e-9);
    double squares = 0;
    for (int i = 0; i < 3_000; i++) {
      squares += (i - 1_000.0) * (i - 1_000.0);
    }
    assertThat(moments.squaredFrobenius().mean()).isCloseTo(squares, within(1e-3));
    assertThat(moments.frobenius()).isCloseTo(Math.sqrt(squares), within(1e-6));
  }

  @Test
  void moments_dense_lieWithinTheirErrorsAndTheErrorsAreRight() {
    var operator = DenseOperator.wishart(100, 150, new SplittableRandom(1));
    double diagonal = 0; // the variance of one product takes Σ Aᵢᵢ²
    double[] e = new double[100];
    double[] column = new double[100];
    for (int i = 0; i < 100; i++) {
      e[i] = 1;
      operator.apply(e, column);
      e[i] = 0;
      diagonal += column[i] * column[i];
    }

    var moments = moments(operator, 2_000);

    Estimate trace = moments.trace();
    assertThat(trace.mean()).isCloseTo(operator.trace(), within(4 * trace.standardError()));
    double expected = Math.sqrt(2 * (operator.squaredFrobenius() - diagonal) / 2_000);
    // the sample deviation of 2,000 is itself right within 1/√4,000 = 1.6 %: five of them
    assertThat(trace.standardError()).isCloseTo(expected, within(0.08 * expected));
    Estimate square = moments.squaredFrobenius();
    assertThat(square.mean())
        .isCloseTo(operator.squaredFrobenius(), within(4 * square.standardError()));
  }

  @Test
  void moments_sameSeed_givesTheSameBits() {
    var operator = DenseOperator.wishart(70, 90, new SplittableRandom(1));

    assertThat(moments(operator, 5)).isEqualTo(moments(operator, 5));
  }

  @Test
  void moments_badInput_isRefused() {
    assertThatThrownBy(() -> moments(new DiagonalOperator(3, i -> i), 1))
        .hasMessage("products 1 must be at least 2, or there is no standard error");
    assertThatThrownBy(() -> moments(new DiagonalOperator(3, i -> Double.POSITIVE_INFINITY), 4))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("product 1 of the trace estimate is not finite");
  }

  @Test
  void estimate_ofSamples_isMeanAndStandardError() {
    Estimate estimate = Estimate.of(1, 2, 3, 6);

    assertThat(estimate.mean()).isEqualTo(3);
    assertThat(estimate.standardError()).isCloseTo(Math.sqrt(14.0 / 3 / 4), within(1e-15));
    assertThat(Estimate.of(5).standardError()).isNaN();
    assertThatThrownBy(Estimate::of).hasMessageContaining("at least 1 sample");
  }

  private static Hutchinson.Moments moments(LinearOperator operator, int products) {
    return Hutchinson.moments(operator, products, new SplittableRandom(6), WORKERS);
  }
}
