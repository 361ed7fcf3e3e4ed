package io.limber.numerics.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.agent.ParameterLayout;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.random.SeededRandom;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FilterNormalisationTest {

  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          "made",
          List.of(
              new ParameterLayout.Tensor("conv-0/kernel", List.of(2, 3, 2, 4)),
              new ParameterLayout.Tensor("conv-0/bias", List.of(4)),
              new ParameterLayout.Tensor("dense-0/kernel", List.of(5, 3)),
              new ParameterLayout.Tensor("dense-0/bias", List.of(3)),
              new ParameterLayout.Tensor("scale", List.of())));

  @Test
  void direction_convolutionAndDense_isAsLongAsEachFilter() {
    float[] weights = weights();

    double[] direction = direction(weights, 9);

    for (int channel = 0; channel < 4; channel++) { // every fourth number of the first 48
      assertThat(norm(direction, channel, 4, 48)).isCloseTo(norm(weights, channel, 4, 48), RIGHT);
    }
    for (int unit = 0; unit < 3; unit++) { // every third of the 15 from 52 on
      assertThat(norm(direction, 52 + unit, 3, 67))
          .isCloseTo(norm(weights, 52 + unit, 3, 67), RIGHT);
    }
  }

  @Test
  void direction_biasesAndScalars_doNotMove() {
    double[] direction = direction(weights(), 9);

    assertThat(direction).hasSize(71);
    for (int i : new int[] {48, 49, 50, 51, 67, 68, 69, 70}) {
      assertThat(direction[i]).isZero();
    }
  }

  @Test
  void direction_filterOfZeros_doesNotMove() {
    float[] weights = weights();
    for (int i = 1; i < 48; i += 4) {
      weights[i] = 0;
    }

    double[] direction = direction(weights, 9);

    assertThat(norm(direction, 1, 4, 48)).isZero();
    assertThat(norm(direction, 0, 4, 48)).isPositive();
  }

  @Test
  void direction_otherSeed_pointsElsewhere() {
    double[] one = direction(weights(), 9);
    double[] other = direction(weights(), 10);

    assertThat(direction(weights(), 9)).isEqualTo(one);
    double cosine = 0;
    for (int i = 0; i < 48; i++) {
      cosine += one[i] * other[i] / (norm(one, 0, 1, 48) * norm(other, 0, 1, 48));
    }
    assertThat(cosine).isCloseTo(0, within(0.6)); // four deviations of 1 / sqrt(48)
  }

  /** Sums of doubles. */
  private static final Offset<Double> RIGHT = within(1e-12);

  private static float[] weights() {
    SeededRandom random = new SeededRandom(3);
    float[] weights = new float[LAYOUT.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) ((1 + i % 4) * random.nextGaussian());
    }
    return weights;
  }

  private static double[] direction(float[] weights, long seed) {
    return FilterNormalisation.direction(
        ParameterSnapshot.owning(0, LAYOUT, weights.clone()), new SeededRandom(seed));
  }

  private static double norm(float[] values, int from, int stride, int end) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return norm(doubles, from, stride, end);
  }

  private static double norm(double[] values, int from, int stride, int end) {
    double squares = 0;
    for (int i = from; i < end; i += stride) {
      squares += values[i] * values[i];
    }
    return Math.sqrt(squares);
  }
}
