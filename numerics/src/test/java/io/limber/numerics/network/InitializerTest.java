package io.limber.numerics.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.random.SeededRandom;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitializerTest {

  @ParameterizedTest
  @CsvSource({
    // variance · fan-in, and the largest absolute value in units of 1/√fan-in
    "LECUN_NORMAL, 1, 2.2737", // 2 / 0.8796
    "HE_NORMAL, 2, 3.2155", // √2 · 2 / 0.8796
    "FAN_IN_UNIFORM, 0.33333, 1",
    "GLOROT_UNIFORM, 0.024691, 0.27217" // 2 · 50 / 4050 and √(6 · 50 / 4050)
  })
  void fill_manyValues_haveTheStatedVarianceAndBound(
      Initializer initializer, double variance, double bound) {
    int fanIn = 50;
    float[] values = new float[200_000];
    initializer.fill(
        values, 0, ParameterSpec.kernel(List.of(50, 4000), fanIn), new SeededRandom(1));
    double sum = 0;
    double squares = 0;
    double largest = 0;
    for (float v : values) {
      sum += v;
      squares += (double) v * v;
      largest = Math.max(largest, Math.abs(v));
    }
    // the variance of n = 200,000 draws scatters by about √(2/n) = 0.3 %; four times that
    assertThat(squares / values.length * fanIn).isCloseTo(variance, within(0.013 * variance));
    assertThat(sum / values.length).isCloseTo(0, within(4 * Math.sqrt(variance / fanIn / 200_000)));
    assertThat(largest * Math.sqrt(fanIn)).isBetween(0.99 * bound, bound * 1.0001);
  }

  @ParameterizedTest
  @CsvSource({"3, 5", "5, 3"})
  void fill_orthogonal_hasOrthonormalColumnsOrRows(int rows, int columns) {
    float[] m = new float[rows * columns];
    Initializer.ORTHOGONAL.fill(
        m, 0, ParameterSpec.kernel(List.of(rows, columns), rows), new SeededRandom(1));
    boolean tall = rows >= columns;
    int count = Math.min(rows, columns);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        double dot = 0;
        for (int k = 0; k < Math.max(rows, columns); k++) {
          dot +=
              tall
                  ? (double) m[k * columns + i] * m[k * columns + j]
                  : (double) m[i * columns + k] * m[j * columns + k];
        }
        assertThat(dot).isCloseTo(i == j ? 1 : 0, within(1e-6)); // single precision
      }
    }
  }
}
