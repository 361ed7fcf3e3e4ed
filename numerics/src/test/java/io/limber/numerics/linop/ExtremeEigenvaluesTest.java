package io.limber.numerics.linop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ExtremeEigenvaluesTest {

  private static final Workers WORKERS = Workers.of(2);
  private static final long BUDGET = 1L << 28;

  @AfterAll
  static void closeWorkers() {
    WORKERS.close();
  }

  @Test
  void find_knownSpectra_agreesWithTheDenseSolve() {
    double[] indefinite =
        IntStream.range(0, 200).mapToDouble(i -> Math.tan(i / 200.0 - 0.7)).toArray();
    double[] outliers =
        IntStream.range(0, 200).mapToDouble(i -> i < 5 ? 10 * (i + 1) : 1e-3 * i).toArray();
    double[] clustered =
        IntStream.range(0, 200).mapToDouble(i -> (i % 4 - 1) * (1 + 1e-4 * i)).toArray();
    DenseOperator[] operators = {
      DenseOperator.withSpectrum(indefinite, 1),
      DenseOperator.withSpectrum(outliers, 2),
      DenseOperator.withSpectrum(clustered, 3),
      DenseOperator.wishart(200, 400, new SplittableRandom(4)),
      DenseOperator.wishart(200, 100, new SplittableRandom(5)) // half of the eigenvalues are zero
    };
    for (DenseOperator operator : operators) {
      double[] expected = operator.eigenvalues();
      double norm = Math.max(Math.abs(expected[0]), Math.abs(expected[199]));

      var found = find(operator, 1, 1, 200, 1e-9);

      assertThat(found.converged()).isTrue();
      // the bound; a smallest eigenvalue near zero is meant relative to the norm
      assertThat(found.largest().get(0).value()).isCloseTo(expected[199], within(1e-6 * norm));
      assertThat(found.smallest().get(0).value()).isCloseTo(expected[0], within(1e-6 * norm));
      assertThat(found.largest().get(0).residual()).isLessThan(1e-8 * norm);
    }
  }

  @Test
  void find_severalOfEachSide_areOrderedFromTheEnds() {
    double[] spectrum = IntStream.rangeClosed(1, 100).mapToDouble(i -> i).toArray();

    var found = find(DenseOperator.withSpectrum(spectrum, 1), 3, 2, 100, 1e-10);

    assertThat(found.largest())
        .extracting(p -> Math.rint(p.value()))
        .containsExactly(100.0, 99.0, 98.0);
    assertThat(found.smallest()).extracting(p -> Math.rint(p.value())).containsExactly(1.0, 2.0);
  }

  @Test
  void find_multipleEigenvalue_findsItsCopiesAfterRestarts() {
    double[] spectrum = {9, 9, 9, 4, 4, 1, 1, 1, 1, -3, -3};

    var found = find(DenseOperator.withSpectrum(spectrum, 1), 4, 2, 11, 1e-9);

    double[] largest = found.largest().stream().mapToDouble(p -> p.value()).toArray();
    double[] smallest = found.smallest().stream().mapToDouble(p -> p.value()).toArray();
    assertThat(largest).containsExactly(new double[] {9, 9, 9, 4}, within(1e-11));
    assertThat(smallest).containsExactly(new double[] {-3, -3}, within(1e-11));
  }

  @Test
  void ritzPair_vector_isTheEigenvectorWithUnitNorm() {
    var found =
        find(new DiagonalOperator(5_000, i -> i == 4_321 ? 100 : i * 1e-3), 1, 0, 60, 1e-12);

    double[] vector = found.largest().get(0).vector();

    assertThat(Math.abs(vector[4_321])).isCloseTo(1, within(1e-12));
    assertThat(found.largest().get(0).value()).isCloseTo(100, within(1e-10));
    assertThat(found.products()).isLessThan(30);
  }

  @Test
  void find_orderTooLow_saysNotConvergedAndGivesTheResidual() {
    double[] spectrum = IntStream.rangeClosed(1, 300).mapToDouble(i -> i).toArray();

    var found = find(DenseOperator.withSpectrum(spectrum, 1), 1, 1, 6, 1e-9);

    assertThat(found.converged()).isFalse();
    assertThat(found.order()).isEqualTo(6);
    double value = found.largest().get(0).value();
    double residual = found.largest().get(0).residual();
    // some eigenvalue lies within the residual; Ritz values stay inside the spectrum
    assertThat(value).isLessThan(300);
    assertThat(Math.abs(Math.rint(value) - value)).isLessThanOrEqualTo(residual);
    assertThat(residual).isGreaterThan(1e-3);
  }

  @Test
  void find_sizeOne_givesTheOneEigenvalueAtBothEnds() {
    var found = find(DenseOperator.of(new double[][] {{-4}}), 1, 1, 10, 1e-9);

    assertThat(found.largest().get(0).value()).isEqualTo(-4);
    assertThat(found.smallest().get(0).value()).isEqualTo(-4);
    assertThat(found.conditionNumber()).isEqualTo(1);
  }

  @Test
  void conditionNumber_isLargestOverSmallest() {
    var definite = find(DenseOperator.withSpectrum(new double[] {2, 3, 8}, 1), 1, 1, 3, 1e-9);
    var indefinite = find(DenseOperator.withSpectrum(new double[] {-2, 3, 8}, 1), 1, 1, 3, 1e-9);
    var oneEnd = find(DenseOperator.withSpectrum(new double[] {2, 3, 8}, 1), 1, 0, 3, 1e-9);

    assertThat(definite.conditionNumber()).isCloseTo(4, within(1e-12));
    assertThat(indefinite.conditionNumber()).isCloseTo(-4, within(1e-12));
    assertThatThrownBy(oneEnd::conditionNumber).hasMessageContaining("both ends");
  }

  @Test
  void find_sameSeed_givesTheSameBits() {
    var operator = DenseOperator.wishart(50, 80, new SplittableRandom(4));

    assertThat(find(operator, 1, 1, 30, 1e-6).largest().get(0).vector())
        .containsExactly(find(operator, 1, 1, 30, 1e-6).largest().get(0).vector());
  }

  @Test
  void request_senseless_isRefused() {
    assertThatThrownBy(() -> new ExtremeEigenvalues.Request(0, 0, 5, 1e-6, 1))
        .hasMessageContaining("must not be negative or none");
    assertThatThrownBy(() -> new ExtremeEigenvalues.Request(2, 2, 3, 1e-6, 1))
        .hasMessageContaining("order 3 must be at least the eigenvalues wanted, 4");
    assertThatThrownBy(() -> new ExtremeEigenvalues.Request(1, 1, 3, 0, 1))
        .hasMessageContaining("tolerance 0.0");
    assertThatThrownBy(() -> find(new DiagonalOperator(3, i -> i), 4, 0, 9, 1e-6))
        .hasMessage("4 eigenvalues wanted of an operator of size 3");
    assertThatThrownBy(
            () ->
                ExtremeEigenvalues.find(
                    new DiagonalOperator(1_000, i -> i),
                    new ExtremeEigenvalues.Request(1, 1, 100, 1e-6, 1_000),
                    new SplittableRandom(1),
                    WORKERS))
        .hasMessageContaining("the budget is 1000 bytes");
  }

  private static ExtremeEigenvalues.Extremes find(
      LinearOperator operator, int largest, int smallest, int order, double tolerance) {
    var request = new ExtremeEigenvalues.Request(largest, smallest, order, tolerance, BUDGET);
    return ExtremeEigenvalues.find(operator, request, new SplittableRandom(17), WORKERS);
  }
}
