package io.limber.numerics.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NormsTest {

  @Test
  void norms_handMadeVectors_areExact() {
    assertThat(Norms.l2(FloatBuffer.wrap(new float[] {3, -4}))).isEqualTo(5);
    assertThat(Norms.l1(FloatBuffer.wrap(new float[] {3, -4}))).isEqualTo(7);
    assertThat(Norms.l2(FloatBuffer.allocate(0))).isZero();
  }

  @Test
  void l2_manySmallNumbersAfterALargeOne_keepsThem() {
    float[] values = new float[1_000_001];
    Arrays.fill(values, 1e-3f);
    values[0] = 1e3f;

    // 1e6 + 1e6 × 1e-6; summed in float32 the small squares would be lost and the norm be 1,000:
    // a difference of 5e-4. A million roundings at 1e6 in double reach 1e-8 here.
    double small = 1e-3f;
    assertThat(Norms.l2(FloatBuffer.wrap(values)))
        .isCloseTo(Math.sqrt(1e6 + 1e6 * small * small), within(1e-7));
  }

  @Test
  void distance_slices_readsEachFromItsPosition() {
    FloatBuffer x = FloatBuffer.wrap(new float[] {9, 1, 2, 9}).position(1).limit(3);
    FloatBuffer y = FloatBuffer.wrap(new float[] {9, 9, 4, 6}).position(2);

    assertThat(Norms.distance(x, y)).isEqualTo(5);
    assertThatThrownBy(() -> Norms.distance(x, FloatBuffer.allocate(3)))
        .hasMessage("distance of vectors of lengths 2 and 3");
  }
}
