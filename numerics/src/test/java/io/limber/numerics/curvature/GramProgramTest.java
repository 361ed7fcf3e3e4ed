package io.limber.numerics.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.limber.numerics.network.TestNetworks;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GramProgramTest {

  private static final int K = 11;

  @TempDir Path folder;

  static Stream<Case> cases() {
    return Stream.of(
        Case.dense(ReferenceLoss.PROBE, K),
        Case.dense(ReferenceLoss.TD_HUBER, K),
        Case.ownOutputs(K),
        Case.convolutional(ReferenceLoss.CLASSIFICATION, K),
        Case.categorical(K));
  }

  static Stream<Case> casesAndLargeKernels() {
    return Stream.concat(cases(), Stream.of(Case.wideConvolution(ReferenceLoss.PROBE, K)));
  }

  @ParameterizedTest
  @MethodSource("casesAndLargeKernels")
  void gram_anyLayersAndLoss_isThatOfGradientsOneByOne(Case task) {
    double[] gram = gram(task, K);
    double[][] y = task.targets();
    double[][] gradients = new double[K][];
    for (int i = 0; i < K; i++) {
      gradients[i] = task.model.gradient(task.reference, task.p, task.x[i], y[i]);
    }
    for (int i = 0; i < K; i++) {
      for (int j = 0; j < K; j++) {
        double lengths =
            Math.sqrt(dot(gradients[i], gradients[i]) * dot(gradients[j], gradients[j]));
        // single precision: about 1e-7 of the lengths, times a few roundings
        assertThat(gram[i * K + j])
            .isCloseTo(dot(gradients[i], gradients[j]), within(2e-6 * lengths));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gram_inTiles_hasTheSameNumbersInTheSameOrder(Case task) {
    double[] whole = gram(task, K);
    for (int tile : new int[] {1, 4, 10}) {
      double[] tiled = gram(task, tile);
      for (int i = 0; i < K * K; i++) {
        double lengths = Math.sqrt(whole[i / K * (K + 1)] * whole[i % K * (K + 1)]);
        assertThat(tiled[i]).isCloseTo(whole[i], within(1e-6 * lengths));
      }
      assertThat(order(GramProgram.cosines(tiled))).isEqualTo(order(GramProgram.cosines(whole)));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gram_anyTiles_isSymmetricToTheLastBit(Case task) {
    double[] gram = gram(task, 4);
    for (int i = 0; i < K * K; i++) {
      assertThat(gram[i]).isEqualTo(gram[i % K * K + i / K]);
    }
  }

  @Test
  void cosines_handMade_areNormalisedAndZeroForZeroGradients() {
    double[] gram = {4, -3, 0, -3, 9, 0, 0, 0, 0};
    assertThat(GramProgram.cosines(gram)).containsExactly(1, -0.5, 0, -0.5, 1, 0, 0, 0, 0);
  }

  @Test
  void gram_tooFewTargets_isRefused() {
    Case task = Case.dense(ReferenceLoss.PROBE, K);
    try (GramProgram program = load(task, K)) {
      assertThatThrownBy(() -> program.gram(task.snapshot(), task.batch, K, new float[32]))
          .hasMessage("11 examples take 33 targets, not 32");
    }
  }

  @Test
  void gram_nonFiniteTargets_isRefusedByExample() {
    Case task = Case.dense(ReferenceLoss.PROBE, K);
    float[] spoilt = task.given.clone();
    spoilt[6] = Float.POSITIVE_INFINITY;
    try (GramProgram program = load(task, K)) {
      assertThatThrownBy(() -> program.gram(task.snapshot(), task.batch, K, spoilt))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageStartingWith("the gradients of examples 0 and 2 have the inner product ");
    }
  }

  @Test
  void export_layerWithoutARule_isRefusedByName() {
    Case task = Case.dense(ReferenceLoss.PROBE, K);
    assertThatThrownBy(
            () ->
                GramProgram.export(
                    folder, TestNetworks.withoutGramRule(6), task.observations, task.loss))
        .hasMessage("scale has no rule for inner products of gradients");
  }

  private double[] gram(Case task, int tile) {
    try (GramProgram program = load(task, tile)) {
      return program.gram(task.snapshot(), task.batch, K, task.given);
    }
  }

  private GramProgram load(Case task, int tile) {
    Path own = folder.resolve("tile-" + tile);
    GramProgram.export(own, task.network, task.observations, task.loss);
    return GramProgram.load(own, Case.device(), task.network, task.observations, task.loss, tile);
  }

  private static List<Integer> order(double[] cosines) {
    return IntStream.range(0, cosines.length)
        .filter(i -> i / K < i % K)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> cosines[i]))
        .toList();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
