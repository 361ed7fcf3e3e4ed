package io.limber.numerics.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.random.SeededRandom;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.op.core.Squeeze;

class TargetDistributionTest {

  private static final Support FIVE = new Support(5, -2, 2);
  private static final Support DEFAULT = new Support(51, -10, 10);

  /**
   * Places count up to 50, where half a unit of float32 is 2e-6: y, its distance to the smallest
   * value, Δ and their quotient are each rounded once.
   */
  private static final Offset<Double> ROUNDING = within(8e-6);

  @TempDir Path folder;

  private double[][] twoHot(Support support, double... y) {
    float[] values =
        ObjectiveGraph.run(
            folder,
            (tf, in) -> TargetDistribution.twoHot(tf, support, tf.squeeze(in.get(0), LAST)),
            column(y));
    return rows(values, support.bins());
  }

  private double[][] gaussian(Support support, double sigma, double... y) {
    float[] values =
        ObjectiveGraph.run(
            folder,
            (tf, in) ->
                TargetDistribution.gaussian(tf, support, tf.squeeze(in.get(0), LAST), sigma),
            column(y));
    return rows(values, support.bins());
  }

  private static final Squeeze.Options LAST = Squeeze.axis(List.of(1L));

  private static double[][] column(double... y) {
    return Arrays.stream(y).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
  }

  private static double[][] rows(float[] values, int width) {
    double[][] rows = new double[values.length / width][width];
    IntStream.range(0, values.length).forEach(i -> rows[i / width][i % width] = values[i]);
    return rows;
  }

  private static double[] spread(int count, double from, double to) {
    return IntStream.range(0, count)
        .mapToDouble(i -> from + (to - from) * i / (count - 1))
        .toArray();
  }

  private static void assertEqual(double[] actual, double[] expected) {
    assertThat(actual).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("value " + i).isCloseTo(expected[i], ROUNDING);
    }
  }

  @Test
  void twoHot_handPickedValues_isOnTheirNeighbours() {
    double[][] rows = twoHot(FIVE, -2, -0.75, 0, 1.5, 2, 7, -90);

    assertEqual(rows[0], new double[] {1, 0, 0, 0, 0});
    assertEqual(rows[1], new double[] {0, 0.75, 0.25, 0, 0});
    assertEqual(rows[2], new double[] {0, 0, 1, 0, 0});
    assertEqual(rows[3], new double[] {0, 0, 0, 0.5, 0.5});
    assertEqual(rows[4], new double[] {0, 0, 0, 0, 1});
    assertEqual(rows[5], new double[] {0, 0, 0, 0, 1}); // beyond the ends: the ends
    assertEqual(rows[6], new double[] {1, 0, 0, 0, 0});
  }

  @Test
  void twoHot_insideTheSupport_sumsToOneAndKeepsTheMean() {
    double[] y = spread(997, -10, 10);
    double[][] rows = twoHot(DEFAULT, y);
    for (int i = 0; i < y.length; i++) {
      assertThat(Arrays.stream(rows[i]).sum()).isCloseTo(1, within(1e-6));
      assertThat(Arrays.stream(rows[i]).filter(p -> p > 0).count()).isBetween(1L, 2L);
      // places off by 3e-6 at a spacing of 0.4
      assertThat(ReferenceProjection.mean(DEFAULT, rows[i])).isCloseTo(y[i], within(4e-6));
      assertEqual(rows[i], ReferenceProjection.twoHot(DEFAULT, y[i]));
    }
  }

  @Test
  void twoHot_notFinite_isNotFinite() {
    for (double[] row : twoHot(FIVE, Double.NaN, Double.POSITIVE_INFINITY)) {
      assertThat(row).containsOnly(Double.NaN);
    }
  }

  @Test
  void projected_everyDistribution_isTheNaiveLoops() {
    SeededRandom random = new SeededRandom(3);
    double[][] values = new double[40][];
    double[][] probabilities = new double[40][];
    for (int row = 0; row < 40; row++) {
      double reward = 3 * random.nextGaussian();
      double gamma = row % 4 == 0 ? 0 : row % 4 == 1 ? 1 : random.nextDouble();
      values[row] =
          Arrays.stream(ReferenceProjection.values(DEFAULT)).map(z -> reward + gamma * z).toArray();
      double[] logits = random.doubles(51, -3, 3).toArray();
      probabilities[row] = ReferenceProjection.softmax(logits, 0, 51);
    }
    float[] actual =
        ObjectiveGraph.run(
            folder,
            (tf, in) -> TargetDistribution.projected(tf, DEFAULT, in.get(0), in.get(1)),
            values,
            probabilities);
    for (int row = 0; row < 40; row++) {
      double[] projected = rows(actual, 51)[row];
      assertThat(Arrays.stream(projected).sum()).isCloseTo(1, within(1e-6));
      assertEqual(projected, ReferenceProjection.c51(DEFAULT, values[row], probabilities[row]));
    }
  }

  @Test
  void gaussian_handPickedValue_isTheAreaInEachBin() {
    // bins of width 1 around −2 to 2, σ = 1: Φ(±0.5), Φ(±1.5), Φ(±2.5) from tables
    double[] row = gaussian(FIVE, 1, 0)[0];

    double all = 2 * 0.9937903 - 1;
    double centre = (2 * 0.6914625 - 1) / all;
    double next = (0.9331928 - 0.6914625) / all;
    double outer = (0.9937903 - 0.9331928) / all;
    assertEqual(row, new double[] {outer, next, centre, next, outer});
  }

  @Test
  void gaussian_anyValueAndWidth_isTheReference() {
    double[] y = spread(301, -12, 12);
    for (double sigma : new double[] {0.05, 0.75, 3}) {
      double[][] rows = gaussian(DEFAULT, sigma, y);
      for (int i = 0; i < y.length; i++) {
        assertThat(Arrays.stream(rows[i]).sum()).isCloseTo(1, within(2e-6));
        double[] expected = ReferenceProjection.gaussian(DEFAULT, y[i], sigma);
        for (int bin = 0; bin < 51; bin++) {
          // the steepest slope of a share by its place is 0.4 / σ
          assertThat(rows[i][bin]).isCloseTo(expected[bin], within(1e-6 + 2e-6 / sigma));
        }
      }
    }
  }

  @Test
  void gaussian_awayFromTheEnds_keepsTheMean() {
    double[] y = spread(101, -7, 7); // 7.5 bins, that is 10 σ, from the outermost
    double[][] rows = gaussian(DEFAULT, 0.75, y);
    for (int i = 0; i < y.length; i++) {
      // the sum over bins differs from the integral by exp(−2π²σ²)/π bins: 2e-6 at most here
      assertThat(ReferenceProjection.mean(DEFAULT, rows[i])).isCloseTo(y[i], within(2e-5));
    }
  }
}
