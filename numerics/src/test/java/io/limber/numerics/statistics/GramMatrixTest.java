package io.limber.numerics.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GramMatrixTest {

  // vectors (1, 0), (0, 2), (−3, 0), (1, 1)
  private static final double[] INNER_PRODUCTS = {
    1, 0, -3, 1,
    0, 4, 0, 2,
    -3, 0, 9, -3,
    1, 2, -3, 2
  };

  @Test
  void cosines_handMadeVectors_areTheirAngles() {
    GramMatrix cosines = GramMatrix.of(4, INNER_PRODUCTS).cosines();

    double half = Math.sqrt(0.5);
    double[] expected = {1, 0, -1, half, 0, 1, 0, half, -1, 0, 1, -half, half, half, -half, 1};
    for (int i = 0; i < 16; i++) {
      assertThat(cosines.get(i / 4, i % 4)).isCloseTo(expected[i], within(1e-15));
    }
    assertThat(cosines.meanOffDiagonal()).isCloseTo((half - 1) / 6, within(1e-15));
    assertThat(cosines.fractionNegative()).isEqualTo(2.0 / 6);
  }

  @Test
  void zeroVector_isCountedAndLeftOutOfTheMeans() {
    // (1, 0), 0, (1, 0): one pair, of cosine 1
    GramMatrix cosines = GramMatrix.of(3, new double[] {1, 0, 1, 0, 0, 0, 1, 0, 1}).cosines();

    assertThat(cosines.zeroVectors()).isEqualTo(1);
    assertThat(cosines.get(1, 1)).isZero();
    assertThat(cosines.meanOffDiagonal()).isEqualTo(1);
    assertThat(cosines.fractionNegative()).isZero();
    assertThat(cosines.effectiveRank()).isCloseTo(1, within(1e-12));
  }

  @Test
  void means_oneVector_areNotNumbers() {
    GramMatrix one = GramMatrix.of(1, new double[] {4});

    assertThat(one.meanOffDiagonal()).isNaN();
    assertThat(one.fractionNegative()).isNaN();
    assertThat(GramMatrix.of(1, new double[] {0}).effectiveRank()).isZero();
  }

  @Test
  void cosines_collinearRounding_staysWithinOne() {
    double third = 1.0 / 3;
    GramMatrix cosines =
        GramMatrix.of(2, new double[] {third, third * 1.0000001, 0, third}).cosines();

    assertThat(cosines.get(0, 1)).isEqualTo(1);
    assertThat(cosines.get(1, 0)).isEqualTo(1);
  }

  @Test
  void effectiveRank_orthogonalAndMixed_followsTheEigenvalues() {
    double[] identity = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    // eigenvalues 3/2, 1/2: entropy of (¾, ¼)
    double[] mixed = {1, 0.5, 0.5, 1};

    assertThat(GramMatrix.of(3, identity).effectiveRank()).isCloseTo(3, within(1e-12));
    assertThat(GramMatrix.of(2, mixed).effectiveRank())
        .isCloseTo(Math.exp(-0.75 * Math.log(0.75) - 0.25 * Math.log(0.25)), within(1e-12));
  }

  @Test
  void reordered_movesRowsAndColumnsTogether() {
    GramMatrix reordered = GramMatrix.of(4, INNER_PRODUCTS).reordered(new int[] {2, 0, 3, 1});

    assertThat(reordered.row(0)).containsExactly(9, -3, -3, 0);
    assertThat(reordered.row(3)).containsExactly(0, 0, 2, 4);
  }

  @Test
  void of_badInput_isRefused() {
    GramMatrix matrix = GramMatrix.of(2, new double[] {1, 0, 0, 1});

    assertThatThrownBy(() -> GramMatrix.of(2, new double[3]))
        .hasMessage("3 inner products are not a matrix of 2 x 2");
    assertThatThrownBy(() -> GramMatrix.of(2, new double[] {1, Double.NaN, 0, 1}))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("inner product of vectors 0 and 1 is NaN");
    assertThatThrownBy(() -> GramMatrix.of(1, new double[] {-1}))
        .hasMessageContaining("vector 0 with itself is -1.0");
    assertThatThrownBy(() -> matrix.reordered(new int[] {0, 0}))
        .hasMessage("not an order of 2 vectors");
    assertThatThrownBy(() -> matrix.reordered(new int[] {0}))
        .hasMessage("not an order of 2 vectors");
  }
}
