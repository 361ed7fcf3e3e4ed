package io.limber.numerics.linop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanczosTest {

  private static final long BUDGET = 1L << 28;

  @Test
  void fullOrder_threeByThree_recoversTheMatrixsEigenvalues() {
    // characteristic polynomial (2 − t)(t² − 4t + 2): roots 2 and 2 ± √2
    var operator = DenseOperator.of(new double[][] {{2, -1, 0}, {-1, 2, -1}, {0, -1, 2}});
    var lanczos = started(operator, 3, 1);

    int order = lanczos.extend(3, Lanczos.OnBreakdown.STOP);

    assertThat(order).isEqualTo(3);
    RitzSystem ritz = lanczos.ritz();
    assertThat(ritz.value(0)).isCloseTo(2 - Math.sqrt(2), within(1e-13));
    assertThat(ritz.value(1)).isCloseTo(2, within(1e-13));
    assertThat(ritz.value(2)).isCloseTo(2 + Math.sqrt(2), within(1e-13));
  }

  @Test
  void fullOrder_separatedSpectrum_recoversAllEigenvalues() {
    double[] spectrum = IntStream.rangeClosed(1, 60).mapToDouble(i -> i * i - 900.0).toArray();
    var operator = DenseOperator.withSpectrum(spectrum, 3);
    var lanczos = started(operator, 60, 2);

    lanczos.extend(60, Lanczos.OnBreakdown.STOP);

    RitzSystem ritz = lanczos.ritz();
    for (int i = 0; i < 60; i++) {
      // rounding of 60 products, relative to the norm 2,700
      assertThat(ritz.value(i)).isCloseTo(spectrum[i], within(1e-9));
    }
  }

  @Test
  void basis_spectraThatLoseOrthogonality_staysOrthogonalAtRoundingLevel() {
    // without re-orthogonalisation an outlier brings copies of itself after a dozen steps
    double[] outlier = IntStream.range(0, 150).mapToDouble(i -> i == 0 ? 1e4 : i * 1e-2).toArray();
    double[] geometric = IntStream.range(0, 150).mapToDouble(i -> Math.pow(0.8, i)).toArray();
    double[] clustered = IntStream.range(0, 150).mapToDouble(i -> i % 3 + 1e-9 * i).toArray();
    for (double[] spectrum : new double[][] {outlier, geometric, clustered}) {
      var lanczos = started(DenseOperator.withSpectrum(spectrum, 5), 100, 7);

      lanczos.extend(100, Lanczos.OnBreakdown.RESTART);

      // a hundred roundings of 1e-16, with room
      assertThat(defect(lanczos)).isLessThan(1e-13);
    }
  }

  @Test
  void basis_productsRoundedToFloat_staysOrthogonalAndKeepsTheOutlier() {
    double[] spectrum = IntStream.range(0, 150).mapToDouble(i -> i == 0 ? 50 : i * 1e-2).toArray();
    var operator = DenseOperator.withSpectrum(spectrum, 5).rounded(x -> (float) x);
    var lanczos = started(operator, 100, 7);

    lanczos.extend(100, Lanczos.OnBreakdown.STOP);

    assertThat(defect(lanczos)).isLessThan(1e-13);
    // float32 products: 6e-8 of the norm
    assertThat(lanczos.ritz().value(99)).isCloseTo(50, within(50 * 1e-7));
    // hardly one is taken again, though up to four share a sweep beside an outlier of 33 times β
    assertThat(lanczos.products()).isBetween(100, 102);
  }

  @Test
  void basis_coarseProducts_takesProductsAgainAndStaysOrthogonal() {
    double[] spectrum = IntStream.range(0, 150).mapToDouble(i -> i == 0 ? 50 : i * 1e-1).toArray();
    var operator = DenseOperator.withSpectrum(spectrum, 5).rounded(x -> Math.rint(x * 1e3) / 1e3);
    var lanczos = started(operator, 40, 7);

    lanczos.extend(40, Lanczos.OnBreakdown.STOP);

    assertThat(lanczos.products()).isGreaterThan(40).isEqualTo(operator.products());
    assertThat(defect(lanczos)).isLessThan(1e-13);
  }

  @Test
  void extend_inSmallSteps_givesTheEigenvaluesOfOneLargeStep() {
    var operator = DenseOperator.wishart(80, 160, new SplittableRandom(1));
    var once = started(operator, 41, 4);
    var often = started(operator, 41, 4);

    once.extend(40, Lanczos.OnBreakdown.STOP);
    IntStream.rangeClosed(1, 40).forEach(i -> often.extend(i, Lanczos.OnBreakdown.STOP));

    assertThat(often.order()).isBetween(40, 41);
    assertThat(often.ritz().value(0)).isCloseTo(once.ritz().value(0), within(1e-12));
  }

  @Test
  void breakdown_identityAndStop_endsAtOrderOne() {
    var lanczos = started(new DiagonalOperator(50, i -> 3), 20, 1);

    int order = lanczos.extend(20, Lanczos.OnBreakdown.STOP);

    assertThat(order).isEqualTo(1);
    assertThat(lanczos.breakdowns()).isEqualTo(1);
    assertThat(lanczos.ritz().value(0)).isCloseTo(3, within(1e-14));
  }

  @Test
  void breakdown_zeroOperatorAndStop_endsAtOrderOne() {
    var lanczos = started(new DiagonalOperator(50, i -> 0), 20, 1);

    assertThat(lanczos.extend(20, Lanczos.OnBreakdown.STOP)).isEqualTo(1);
    assertThat(lanczos.ritz().value(0)).isZero();
  }

  @Test
  void breakdown_fewDistinctEigenvaluesAndRestart_findsEveryCopy() {
    double[] spectrum = {-2, -2, 1, 1, 1, 5, 5, 7};
    var lanczos = started(DenseOperator.withSpectrum(spectrum, 9), 8, 1);

    int order = lanczos.extend(8, Lanczos.OnBreakdown.RESTART);

    assertThat(order).isEqualTo(8);
    assertThat(lanczos.breakdowns()).isPositive();
    for (int i = 0; i < 8; i++) {
      assertThat(lanczos.ritz().value(i)).isCloseTo(spectrum[i], within(1e-12));
    }
  }

  @Test
  void start_givenEigenvector_endsAtOnceWithItsEigenvalue() {
    var lanczos = lanczos(new DiagonalOperator(10, i -> i), 5);
    double[] third = new double[10];
    third[3] = 0.25;

    lanczos.start(third, new SplittableRandom(1));

    assertThat(lanczos.extend(5, Lanczos.OnBreakdown.STOP)).isEqualTo(1);
    assertThat(lanczos.ritz().value(0)).isEqualTo(3);
  }

  @Test
  void threads_oneOrThree_giveTheSameBits() {
    var operator = new DiagonalOperator(20_001, i -> Math.sin(i) * i);
    try (var workers = Workers.of(3)) {
      var alone = started(operator, 30, 11);
      var shared = new Lanczos(operator, new KrylovPlan(20_001, 30), BUDGET, workers);
      shared.start(new SplittableRandom(11));

      alone.extend(30, Lanczos.OnBreakdown.STOP);
      shared.extend(30, Lanczos.OnBreakdown.STOP);

      assertThat(values(shared)).containsExactly(values(alone));
      assertThat(shared.basis().row(29)).containsExactly(alone.basis().row(29));
    }
  }

  @Test
  void start_again_givesTheSameBitsAsTheFirstTime() {
    var lanczos = started(DenseOperator.wishart(40, 60, new SplittableRandom(1)), 20, 3);
    lanczos.extend(20, Lanczos.OnBreakdown.STOP);
    double[] first = values(lanczos);

    lanczos.start(new SplittableRandom(3));
    lanczos.extend(20, Lanczos.OnBreakdown.STOP);

    assertThat(values(lanczos)).containsExactly(first);
  }

  @Test
  void product_notFinite_namesWhichOne() {
    var products = new int[1];
    LinearOperator operator =
        new LinearOperator() {
          @Override
          public int size() {
            return 30;
          }

          @Override
          public void apply(double[] v, double[] into) {
            Arrays.setAll(into, i -> i * v[i]);
            into[4] = ++products[0] == 6 ? Double.NaN : into[4];
          }
        };
    var lanczos = started(operator, 20, 1);

    assertThatThrownBy(() -> lanczos.extend(20, Lanczos.OnBreakdown.STOP))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("product 6 of the Lanczos process is not finite");
  }

  @Test
  void plan_basisOverTheBudget_isRefusedWithTheNumbersBeforeAllocation() {
    // 800 TB: would fail at once if it were allocated
    var operator = new DiagonalOperator(1_000_000_000, i -> 1);
    var plan = new KrylovPlan(1_000_000_000, 100_000);

    assertThatThrownBy(() -> new Lanczos(operator, plan, 80_000_000_000L, Workers.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "order 100000 for 1000000000 parameters",
            "budget is 80000000000",
            "about order 8 would fit");
  }

  @Test
  void plan_orderOutsideTheSize_isRefused() {
    assertThatThrownBy(() -> new KrylovPlan(5, 6))
        .hasMessageContaining("order 6 must lie in [1, size = 5]");
    assertThatThrownBy(() -> new KrylovPlan(5, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThat(KrylovPlan.atMost(5, 6).order()).isEqualTo(5);
  }

  @Test
  void plan_paperNetwork_takesHalfAGigabyte() {
    // 101 vectors of 669,706 doubles, and 32 bytes for each of 100 vectors and 82 chunks
    assertThat(new KrylovPlan(669_706, 100).bytes()).isEqualTo(101L * 669_706 * 8 + 32L * 100 * 82);
  }

  @Test
  void start_senselessVectors_areRefused() {
    var lanczos = lanczos(new DiagonalOperator(3, i -> i), 3);
    var random = new SplittableRandom(1);

    assertThatThrownBy(() -> lanczos.start(new double[3], random)).hasMessageContaining("norm 0.0");
    assertThatThrownBy(() -> lanczos.start(new double[] {1, Double.NaN, 0}, random))
        .hasMessageContaining("norm NaN");
    assertThatThrownBy(() -> lanczos.start(new double[2], random))
        .hasMessageContaining("has 2 numbers, the operator's have 3");
  }

  @Test
  void constructor_planOfAnotherSize_isRefused() {
    var operator = new DiagonalOperator(3, i -> i);

    assertThatThrownBy(() -> new Lanczos(operator, new KrylovPlan(4, 2), BUDGET, Workers.of(1)))
        .hasMessage("the plan is for vectors of 4, the operator's are 3");
  }

  @Test
  void extend_pastThePlan_isRefused() {
    var lanczos = started(new DiagonalOperator(5, i -> i), 3, 1);

    assertThatThrownBy(() -> lanczos.extend(4, Lanczos.OnBreakdown.STOP))
        .hasMessage("order 4 is over the planned order 3");
  }

  private static Lanczos lanczos(LinearOperator operator, int order) {
    return new Lanczos(operator, new KrylovPlan(operator.size(), order), BUDGET, Workers.of(1));
  }

  private static Lanczos started(LinearOperator operator, int order, long seed) {
    var lanczos = lanczos(operator, order);
    lanczos.start(new SplittableRandom(seed));
    return lanczos;
  }

  private static double[] values(Lanczos lanczos) {
    RitzSystem ritz = lanczos.ritz();
    return IntStream.range(0, ritz.order()).mapToDouble(ritz::value).toArray();
  }

  /** Largest entry of |QᵀQ − I|. */
  private static double defect(Lanczos lanczos) {
    KrylovBasis basis = lanczos.basis();
    double worst = 0;
    for (int i = 0; i < basis.count(); i++) {
      for (int j = 0; j <= i; j++) {
        double dot = i == j ? -1 : 0;
        for (int k = 0; k < basis.row(i).length; k++) {
          dot += basis.row(i)[k] * basis.row(j)[k];
        }
        worst = Math.max(worst, Math.abs(dot));
      }
    }
    return worst;
  }
}
