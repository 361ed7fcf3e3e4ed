package io.limber.numerics.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.random.SeededRandom;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products in single precision against differences of exact gradients in double precision. */
class HessianProgramTest {

  /** The bound; single precision gives about 1e-7 times a few roundings. */
  private static final double TOLERANCE = 1e-5;

  @TempDir Path folder;

  static Stream<Case> cases() {
    return Stream.of(
        Case.dense(ReferenceLoss.PROBE, 9),
        Case.dense(ReferenceLoss.TD_SQUARED, 9),
        Case.dense(ReferenceLoss.TD_HUBER, 9),
        Case.dense(ReferenceLoss.CLASSIFICATION, 9),
        Case.dense(ReferenceLoss.REGRESSION, 9),
        Case.categorical(9),
        Case.ownOutputs(9),
        Case.convolutional(ReferenceLoss.PROBE, 9),
        Case.convolutional(ReferenceLoss.TD_HUBER, 9),
        Case.smooth(ReferenceLoss.PROBE, 9),
        Case.smooth(ReferenceLoss.CLASSIFICATION, 9));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void product_anyLayersAndLoss_isTheReferences(Case task) {
    try (HessianProgram program = task.hessian(folder, 9)) {
      double[] v = task.direction();
      double[] expected = task.model.product(task.reference, task.p, task.x, task.targets(), v);
      assertThat(error(product(program, v), expected)).isLessThan(TOLERANCE);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void product_twoDirections_isSymmetric(Case task) {
    try (HessianProgram program = task.hessian(folder, 9)) {
      double[] v = task.direction();
      double[] w = task.direction();
      double[] hv = product(program, v);
      double[] hw = product(program, w);
      assertThat(dot(w, hv)).isCloseTo(dot(v, hw), within(1e-5 * norm(w) * norm(hv)));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradient_anyLayersAndLoss_isTheReferences(Case task) {
    try (HessianProgram program = task.hessian(folder, 9)) {
      double[] expected = task.model.gradient(task.reference, task.p, task.x, task.targets());
      assertThat(error(program.gradient(), expected)).isLessThan(TOLERANCE);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everything_inChunks_isAsInOne(Case task) {
    try (HessianProgram whole = task.hessian(folder.resolve("whole"), 9);
        HessianProgram chunks = task.hessian(folder.resolve("chunks"), 4)) {
      double[] v = task.direction();
      assertThat(error(product(chunks, v), product(whole, v))).isLessThan(1e-6);
      assertThat(error(chunks.gradient(), whole.gradient())).isLessThan(1e-6);
      assertThat(chunks.loss(task.floats())).isCloseTo(whole.loss(task.floats()), within(1e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void loss_elsewhere_keepsTheTargets(Case task) {
    try (HessianProgram program = task.hessian(folder, 9)) {
      float[] elsewhere = task.floats();
      double[] q = task.p.clone();
      for (int i = 0; i < q.length; i++) {
        elsewhere[i] = -elsewhere[i];
        q[i] = elsewhere[i];
      }
      double expected = 0;
      for (int row = 0; row < task.rows; row++) {
        expected +=
            task.reference.value(task.model.output(q, task.x[row]), task.targets()[row])
                / task.rows;
      }
      assertThat(program.loss(elsewhere)).isCloseTo(expected, within(1e-5 * (1 + expected)));
      double[] v = task.direction(); // the detour moved nothing
      double[] product = task.model.product(task.reference, task.p, task.x, task.targets(), v);
      assertThat(error(product(program, v), product)).isLessThan(TOLERANCE);
    }
  }

  @Test
  void product_sameDirectionTwice_isEqualBitForBit() {
    try (HessianProgram program = Case.dense(ReferenceLoss.PROBE, 9).hessian(folder, 9)) {
      double[] v = Case.dense(ReferenceLoss.PROBE, 9).direction();
      assertThat(product(program, v)).isEqualTo(product(program, v));
    }
  }

  @Test
  void prepare_nonFiniteParameters_isRefusedByName() {
    Case task = Case.dense(ReferenceLoss.PROBE, 9);
    try (HessianProgram program = task.hessian(folder, 9)) {
      float[] spoilt = task.floats();
      spoilt[spoilt.length - 1] = Float.NaN;
      assertThatThrownBy(
              () ->
                  program.prepare(
                      ParameterSnapshot.owning(0, task.network.layout(), spoilt),
                      task.batch,
                      9,
                      task.given))
          .isInstanceOf(ArithmeticException.class)
          .hasMessage("the loss whose curvature is sought is NaN");
    }
  }

  @Test
  void prepare_tooFewTargets_isRefused() {
    Case task = Case.dense(ReferenceLoss.PROBE, 9);
    try (HessianProgram program = task.hessian(folder, 9)) {
      assertThatThrownBy(() -> program.prepare(task.snapshot(), task.batch, 9, new float[26]))
          .hasMessage("9 rows take 27 targets, not 26");
    }
  }

  @Test
  void load_emptyChunk_isRefused() {
    assertThatThrownBy(() -> Case.dense(ReferenceLoss.PROBE, 9).hessian(folder, 0))
        .hasMessage("a chunk has at least 1 row, not 0");
  }

  @Test
  void noise_equalSeeds_isEqualAndStandardNormal() {
    float[] noise = OutputLoss.noise(1000, 10, new SeededRandom(4));
    assertThat(noise).isEqualTo(OutputLoss.noise(1000, 10, new SeededRandom(4)));
    double[] z = new double[noise.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = noise[i];
    }
    // 10,000 draws: the mean scatters by 0.01, the mean square by 0.014
    assertThat(Arrays.stream(z).sum() / z.length).isCloseTo(0, within(0.05));
    assertThat(dot(z, z) / z.length).isCloseTo(1, within(0.07));
  }

  private static double[] product(HessianProgram program, double[] v) {
    double[] into = new double[program.size()];
    program.apply(v, into);
    return into;
  }

  private static double error(double[] actual, double[] expected) {
    double[] difference = new double[expected.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = actual[i] - expected[i];
    }
    return norm(difference) / norm(expected);
  }

  private static double norm(double[] v) {
    return Math.sqrt(dot(v, v));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
