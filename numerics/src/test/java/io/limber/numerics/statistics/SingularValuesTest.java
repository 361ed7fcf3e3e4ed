package io.limber.numerics.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class SingularValuesTest {

  @Test
  void of_handMadeMatrices_givesTheirValuesDescending() {
    // [[3, 0], [4, 5]]: AᵀA = [[25, 20], [20, 25]], eigenvalues 45 and 5
    var square = of(2, 3, 0, 4, 5);
    assertThat(square.value(0)).isCloseTo(Math.sqrt(45), within(1e-14));
    assertThat(square.value(1)).isCloseTo(Math.sqrt(5), within(1e-14));

    var tall = of(1, 3, 4, 0, 12);
    assertThat(tall.count()).isEqualTo(1);
    assertThat(tall.value(0)).isCloseTo(13, within(1e-14));

    var wide = of(8, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0);
    assertThat(wide.value(0)).isEqualTo(2);
    assertThat(wide.value(1)).isEqualTo(1);
  }

  @Test
  void of_tallAndItsSquareBlocks_agreeThoughOneGoesThroughTheGramMatrix() {
    // four copies of A below each other: singular values of A, twice as large
    float[] a = {3, 0, 4, 5, 1, -2, 0.5f, 7, -1};
    float[] stacked = new float[36];
    for (int i = 0; i < 36; i++) {
      stacked[i] = a[i % 9];
    }

    for (int i = 0; i < 3; i++) {
      assertThat(of(3, stacked).value(i)).isCloseTo(2 * of(3, a).value(i), within(1e-13));
    }
  }

  @Test
  void of_bufferSlice_readsOnlyTheSliceAndLeavesItsPosition() {
    FloatBuffer buffer = FloatBuffer.wrap(new float[] {9, 9, 2, 0, 0, 1, 9}).position(2).limit(6);

    var values = SingularValues.of(buffer, 2);

    assertThat(values.value(0)).isEqualTo(2);
    assertThat(values.value(1)).isEqualTo(1);
    assertThat(buffer.position()).isEqualTo(2);
  }

  @Test
  void numericalRank_productOfThinFactorsInFloat32_isTheirWidth() {
    // 40 x 30 of rank 7, rounded to float32: the rest is noise of 1e-7 and must not count
    var random = new java.util.SplittableRandom(3);
    float[] product = new float[40 * 30];
    for (int r = 0; r < 7; r++) {
      double[] left = random.doubles(40, -1, 1).toArray();
      double[] right = random.doubles(30, -1, 1).toArray();
      for (int i = 0; i < product.length; i++) {
        product[i] += (float) (left[i / 30] * right[i % 30]);
      }
    }
    var values = of(30, product);

    assertThat(values.numericalRank(SingularValues.FLOAT32_EPSILON)).isEqualTo(7);
    // in double precision's own tolerance the rounding counts: the reason for the parameter
    assertThat(values.numericalRank(0x1p-52)).isEqualTo(30);
  }

  @Test
  void numericalRank_threshold_isTheLongSideTimesEpsilonTimesTheLargest() {
    // 3 × ε × 1 lies between 2 ε and 4 ε
    float eps = 0x1p-23f;

    assertThat(of(3, diagonal(1, 4 * eps, 2 * eps)).numericalRank(eps)).isEqualTo(2);
    assertThat(of(3, diagonal(0, 0, 0)).numericalRank(eps)).isZero();
  }

  @Test
  void featureRank_dividesByTheRootOfTheInputsAndIsAbsolute() {
    // Φ of 4 inputs: σ = 2 and 0.022, so σ/√4 = 1 and 0.011; scaled down by 10 both shrink
    float[] features = {2, 0, 0, 0.022f, 0, 0, 0, 0};
    float[] smaller = {0.2f, 0, 0, 0.0022f, 0, 0, 0, 0};

    assertThat(of(2, features).featureRank(0.01)).isEqualTo(2);
    assertThat(of(2, features).featureRank(0.012)).isEqualTo(1);
    assertThat(of(2, smaller).featureRank(0.01)).isEqualTo(1);
    assertThat(of(2, new float[8]).featureRank(0.01)).isZero();
  }

  @Test
  void effectiveRank_isTheExponentialOfTheEntropy() {
    assertThat(of(3, diagonal(5, 5, 5)).effectiveRank()).isCloseTo(3, within(1e-12));
    assertThat(of(3, diagonal(5, 0, 0)).effectiveRank()).isCloseTo(1, within(1e-12));
    // shares ½, ¼, ¼: entropy 1.5 ln 2
    assertThat(of(3, diagonal(2, 1, 1)).effectiveRank()).isCloseTo(Math.pow(2, 1.5), within(1e-12));
    assertThat(of(3, diagonal(0, 0, 0)).effectiveRank()).isZero();
  }

  @Test
  void stableRank_isSquaredFrobeniusOverSquaredNorm() {
    assertThat(of(3, diagonal(2, 1, 1)).stableRank()).isCloseTo(1.5, within(1e-12));
    assertThat(of(3, diagonal(0, 0, 0)).stableRank()).isZero();
  }

  @Test
  void shareRank_countsValuesThatHoldTheShare() {
    // 90, 9 and 1 of 100
    assertThat(of(3, diagonal(90, 9, 1)).shareRank(0.05)).isEqualTo(2);
    assertThat(of(3, diagonal(90, 9, 1)).shareRank(0.005)).isEqualTo(3);
    assertThat(of(3, diagonal(90, 9, 1)).shareRank(0.2)).isEqualTo(1);
    assertThat(of(3, diagonal(0, 0, 0)).shareRank(0.01)).isZero();
    assertThatThrownBy(() -> of(3, diagonal(1, 1, 1)).shareRank(1))
        .hasMessageContaining("delta 1.0");
  }

  @Test
  void of_badInput_isRefused() {
    assertThatThrownBy(() -> of(2, 1, 2, 3))
        .hasMessageContaining("3 numbers are not a matrix of 2");
    assertThatThrownBy(() -> of(2)).hasMessageContaining("0 numbers");
    assertThatThrownBy(() -> of(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> of(2, 1, 2, 3, Float.NaN))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("entry [1, 1] is NaN");
  }

  private static float[] diagonal(float a, float b, float c) {
    return new float[] {a, 0, 0, 0, b, 0, 0, 0, c};
  }

  private static SingularValues of(int columns, float... values) {
    return SingularValues.of(FloatBuffer.wrap(values), columns);
  }
}
