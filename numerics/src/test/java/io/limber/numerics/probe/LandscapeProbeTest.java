package io.limber.numerics.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.probe.ProbeResult;
import io.limber.core.probe.Table;
import io.limber.core.random.RandomStreams;
import io.limber.numerics.agent.SmallTask;
import io.limber.numerics.agent.TensorFlowAgentFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LandscapeProbeTest {

  /** Without hidden layers the squared TD loss is a parabola along any line. */
  private static final String LINEAR =
      "network.hidden-widths = [], landscape { extent = 2.0, points = 9, grid-points = 9,"
          + " tolerance = 1.0e-7 }";

  @TempDir Path folder;

  @Test
  void randomSlice_linearNetwork_isTheParabolaInClosedForm() {
    try (ProbeCase task = new ProbeCase(LINEAR, folder)) {
      ProbeResult result = task.measure(LandscapeProbe.NAME);

      double[] parabola = parabola(task, direction(task));
      List<double[]> slice = rows(result, "random-slice");
      assertThat(slice).hasSize(9);
      for (int i = 0; i < 9; i++) {
        double a = (i - 4) / 2.0; // nine points from -2 to 2
        assertThat(slice.get(i)[0]).isEqualTo(a);
        double expected = parabola[0] + parabola[1] * a + parabola[2] * a * a;
        // float32: a few roundings of 6e-8 in outputs and mean
        assertThat(slice.get(i)[1]).isCloseTo(expected, within(1e-6 * (1 + expected)));
      }
      assertThat(value(result, Metric.LANDSCAPE_UNIT_LENGTH))
          .isCloseTo(norm(direction(task)), within(1e-12));
    }
  }

  @Test
  void eigenvectorSlice_linearNetwork_curvesByTheLargestEigenvalue() {
    try (ProbeCase task = new ProbeCase(LINEAR, folder)) {
      ProbeResult result = task.measure(LandscapeProbe.NAME);

      double largest = largestEigenvalue(task);
      assertThat(value(result, Metric.LANDSCAPE_EIGENVALUE))
          .isCloseTo(largest, within(1e-6 * largest)); // products are float32
      double unit = value(result, Metric.LANDSCAPE_UNIT_LENGTH);
      double[] losses = losses(result, "eigenvector-slice");
      for (int i = 1; i < 8; i++) {
        double second = losses[i - 1] - 2 * losses[i] + losses[i + 1];
        // steps of 1/2; losses up to 8 times the centre's curvature are rounded at 1e-7 of them
        assertThat(second / (0.25 * unit * unit)).isCloseTo(largest, within(1e-5 * largest));
      }
      // turned so that the loss rises: the slope at the snapshot
      assertThat(losses[5]).isGreaterThan(losses[3]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"td", "curvature", "probe"})
  void measure_eachLoss_hasSlicesThroughTheGridsMiddle(String loss) {
    String same = "landscape { points = 7, grid-points = 7, loss = " + loss + " }";
    try (ProbeCase task = new ProbeCase(same, folder)) {
      ProbeResult result = task.measure(LandscapeProbe.NAME);

      double[] random = losses(result, "random-slice");
      double[] eigenvector = losses(result, "eigenvector-slice");
      List<double[]> grid = rows(result, "grid");
      assertThat(grid).hasSize(49);
      for (int i = 0; i < 7; i++) {
        double distance = (i - 3) / 3.0;
        assertThat(grid.get(7 * i + 3)).containsExactly(distance, 0, random[i]);
        assertThat(grid.get(7 * 3 + i)).containsExactly(0, distance, eigenvector[i]);
      }
      assertThat(grid).extracting(row -> row[2]).doesNotHaveDuplicates();
      assertThat(value(result, Metric.LANDSCAPE_LOSS)).isEqualTo(random[3]);
      assertRise(result, Metric.LANDSCAPE_RANDOM_RISE, random);
      assertRise(result, Metric.LANDSCAPE_EIGENVECTOR_RISE, eigenvector);
    }
  }

  private static void assertRise(ProbeResult result, Metric metric, double[] slice) {
    double largest = Arrays.stream(slice).max().orElseThrow();
    assertThat(value(result, metric)).isEqualTo(largest - slice[slice.length / 2]).isPositive();
  }

  @Test
  void measure_sameLossAndSpectrum_agreesWithTheHessianProbe() {
    String same = "landscape.loss = probe, hessian.loss = probe";
    try (ProbeCase task = new ProbeCase(same, folder)) {
      ProbeResult landscape = task.measure(LandscapeProbe.NAME);
      ProbeResult hessian = task.measure(HessianProbe.NAME);

      double loss = value(hessian, Metric.HESSIAN_LOSS);
      assertThat(value(landscape, Metric.LANDSCAPE_LOSS)).isCloseTo(loss, within(1e-6 * loss));
      // both converged to 1e-4, errors of eigenvalues go with its square
      double largest = value(hessian, Metric.HESSIAN_LARGEST_EIGENVALUE);
      assertThat(value(landscape, Metric.LANDSCAPE_EIGENVALUE))
          .isCloseTo(largest, within(1e-6 * largest));
    }
  }

  @Test
  void measure_inChunks_isTheSameLandscape() {
    try (ProbeCase whole = new ProbeCase("", folder.resolve("whole"));
        ProbeCase chunked = new ProbeCase("landscape.chunk = 7", folder.resolve("chunked"))) {
      double[] expected = losses(whole.measure(LandscapeProbe.NAME), "grid");
      double[] actual = losses(chunked.measure(LandscapeProbe.NAME), "grid");
      for (int i = 0; i < expected.length; i++) {
        // other sums in float32, which also turn the eigenvector a little
        assertThat(actual[i]).isCloseTo(expected[i], within(1e-4 * (1 + expected[i])));
      }
    }
  }

  @Test
  void measure_lossesNotFinite_areCountedAndNoRiseIsMadeOfThem() {
    try (ProbeCase task = new ProbeCase("landscape { extent = 1.0e30, points = 5 }", folder)) {
      ProbeResult result = task.measure(LandscapeProbe.NAME);

      double[] random = losses(result, "random-slice");
      assertThat(random[0]).isNotFinite();
      assertThat(random[2]).isFinite().isEqualTo(value(result, Metric.LANDSCAPE_LOSS));
      assertThat(result.measurements())
          .extracting(Measurement::metric)
          .doesNotContain(Metric.LANDSCAPE_RANDOM_RISE, Metric.LANDSCAPE_EIGENVECTOR_RISE);
      assertThat(result.measurements()).extracting(Measurement::value).allMatch(Double::isFinite);
      double all = 0;
      for (String table : List.of("random-slice", "eigenvector-slice", "grid")) {
        all += Arrays.stream(losses(result, table)).filter(v -> !Double.isFinite(v)).count();
      }
      assertThat(value(result, Metric.LANDSCAPE_NON_FINITE_POINTS)).isEqualTo(all);
    }
  }

  @Test
  void measure_withoutGrid_hasTheSlicesOnly() {
    try (ProbeCase task = new ProbeCase("landscape.grid-points = 0", folder)) {
      assertThat(task.measure(LandscapeProbe.NAME).tables())
          .extracting(Table::name)
          .containsExactly("random-slice", "eigenvector-slice");
    }
  }

  @Test
  void load_basisOverTheBudget_isRefusedWithTheNumbers() {
    try (TensorFlowAgentFactory factory =
        SmallTask.factory("landscape.memory-budget = 10 KiB", folder)) {
      assertThatThrownBy(() -> factory.createProbe(LandscapeProbe.NAME))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("a Lanczos basis of order 50 for 113 parameters takes")
          .hasMessageContaining("the budget is 10240 bytes");
    }
  }

  /** The direction that the probe draws: seed 7 is {@link SmallTask}'s. */
  private static double[] direction(ProbeCase task) {
    return FilterNormalisation.direction(
        task.snapshot, new RandomStreams(7).child("probe-landscape").stream("direction"));
  }

  /** Coefficients of the mean of ((w + a d)'x − y)² over transitions, in double precision. */
  private static double[] parabola(ProbeCase task, double[] d) {
    float[] targets = task.targets();
    double[] coefficients = new double[3];
    for (int row = 0; row < 32; row++) {
      int action = (int) targets[2 * row];
      double error = task.snapshot.values().get(24 + action) - targets[2 * row + 1];
      double slope = d[24 + action];
      for (int i = 0; i < 6; i++) {
        error += task.snapshot.values().get(4 * i + action) * input(row, i);
        slope += d[4 * i + action] * input(row, i);
      }
      coefficients[0] += error * error / 32;
      coefficients[1] += 2 * error * slope / 32;
      coefficients[2] += slope * slope / 32;
    }
    return coefficients;
  }

  /** Of the block diagonal 2/n Σ (x, 1)(x, 1)', one block for each action. */
  private static double largestEigenvalue(ProbeCase task) {
    float[] targets = task.targets();
    double largest = 0;
    for (int action = 0; action < 4; action++) {
      DMatrixRMaj block = new DMatrixRMaj(7, 7);
      for (int row = 0; row < 32; row++) {
        if ((int) targets[2 * row] == action) {
          for (int i = 0; i < 49; i++) {
            block.data[i] += 2 * input(row, i / 7) * input(row, i % 7) / 32;
          }
        }
      }
      EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(7, false, true);
      assertThat(eigen.decompose(block)).isTrue();
      for (int i = 0; i < 7; i++) {
        largest = Math.max(largest, eigen.getEigenvalue(i).getReal());
      }
    }
    return largest;
  }

  /** Pixel i in [0, 1], and 1 for the bias after the six. */
  private static double input(int row, int i) {
    return i == 6 ? 1 : (ProbeCase.SEEN.sTm1().get(6 * row + i) & 0xff) / 255.0;
  }

  private static double norm(double[] v) {
    return Math.sqrt(Arrays.stream(v).map(x -> x * x).sum());
  }

  private static List<double[]> rows(ProbeResult result, String table) {
    return ProbeCase.table(result, table).rows();
  }

  private static double[] losses(ProbeResult result, String table) {
    return rows(result, table).stream().mapToDouble(row -> row[row.length - 1]).toArray();
  }

  private static double value(ProbeResult result, Metric metric) {
    return ProbeCase.value(result, metric);
  }
}
