package io.limber.numerics.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.probe.ProbeResult;
import io.limber.core.probe.Table;
import io.limber.numerics.agent.SmallTask;
import io.limber.numerics.agent.TensorFlowAgentFactory;
import io.limber.numerics.curvature.HessianProgram;
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

class HessianProbeTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "objective { output = categorical, categorical { bins = 3, min = -2, max = 2 } }, "
      })
  void measure_smallNetwork_isTheDenseHessiansSpectrum(String objective) {
    String thorough =
        objective
            + "hessian { eigenvalues { max-order = 161, tolerance = 1.0e-8 }, trace-products = 200,"
            + " density { order = 161, draws = 40 } }";
    try (ProbeCase task = new ProbeCase(thorough, folder)) {
      double[] exact = denseEigenvalues(task);
      double largest = exact[exact.length - 1];
      ProbeResult result = task.measure(HessianProbe.NAME);

      // products are float32: 1e-6 of the largest magnitude is ten of its roundings
      assertThat(value(result, Metric.HESSIAN_LARGEST_EIGENVALUE))
          .isCloseTo(largest, within(1e-6 * largest));
      assertThat(value(result, Metric.HESSIAN_SMALLEST_EIGENVALUE))
          .isCloseTo(exact[0], within(1e-6 * largest));
      assertThat(value(result, Metric.HESSIAN_LARGEST_RESIDUAL)).isLessThan(1e-6 * largest);
      assertThat(value(result, Metric.HESSIAN_SMALLEST_RESIDUAL)).isLessThan(1e-6 * largest);
      assertThat(value(result, Metric.HESSIAN_CONDITION_NUMBER))
          .isCloseTo(largest / exact[0], within(1e-4 * Math.abs(largest / exact[0])));
      double traceError = value(result, Metric.HESSIAN_TRACE_ERROR);
      assertThat(traceError).isPositive().isLessThan(0.2 * largest);
      // 4 standard errors: one seed in 16,000 is unlucky
      assertThat(value(result, Metric.HESSIAN_TRACE))
          .isCloseTo(Arrays.stream(exact).sum(), within(4 * traceError));
      double width = ProbeCase.table(result, "kernel").rows().get(0)[0];
      double negative = Arrays.stream(exact).filter(v -> v < -width).count();
      assertThat(negative).isPositive();
      assertThat(value(result, Metric.HESSIAN_NEGATIVE_MASS))
          .isCloseTo(
              negative / exact.length,
              within(4 * value(result, Metric.HESSIAN_NEGATIVE_MASS_ERROR)));
      assertDensityIsOne(result);
    }
  }

  private static void assertDensityIsOne(ProbeResult result) {
    List<double[]> rows = ProbeCase.table(result, "density").rows();
    double integral = 0;
    for (int i = 1; i < rows.size(); i++) {
      integral += (rows.get(i)[0] - rows.get(i - 1)[0]) * (rows.get(i)[1] + rows.get(i - 1)[1]) / 2;
    }
    assertThat(integral).isCloseTo(1, within(1e-6)); // of which 2e-9 lies beyond six widths
    Table kernel = ProbeCase.table(result, "kernel");
    double range = rows.get(rows.size() - 1)[0] - rows.get(0)[0];
    assertThat(kernel.rows().get(0)[0]).isBetween(0.002 * range, 0.004 * range);
    assertThat(ProbeCase.table(result, "quadrature").rows().stream().mapToDouble(r -> r[2]).sum())
        .isCloseTo(40, within(1e-9)); // the weights of a draw sum to 1
  }

  private static double[] denseEigenvalues(ProbeCase task) {
    int size = task.network.layout().size();
    DMatrixRMaj dense = new DMatrixRMaj(size, size);
    try (HessianProgram program = task.hessian()) {
      program.prepare(task.snapshot, ProbeCase.SEEN.sTm1(), 32, task.targets());
      for (int i = 0; i < size; i++) {
        double[] unit = new double[size];
        unit[i] = 1;
        double[] column = new double[size];
        program.apply(unit, column);
        for (int j = 0; j < size; j++) {
          dense.add(i, j, column[j] / 2);
          dense.add(j, i, column[j] / 2);
        }
      }
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, false, true);
    assertThat(eigen.decompose(dense)).isTrue();
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = eigen.getEigenvalue(i).getReal();
    }
    Arrays.sort(values);
    return values;
  }

  @ParameterizedTest
  @ValueSource(strings = {"td", "curvature", "probe"})
  void measure_eachLoss_isFiniteAndItsOwn(String loss) {
    try (ProbeCase task = new ProbeCase("hessian.loss = " + loss, folder)) {
      ProbeResult result = task.measure(HessianProbe.NAME);
      double least =
          switch (loss) {
            case "curvature" -> 3; // four outputs' noise of variance 1, over 32 rows
            case "probe" -> 0.3; // sine targets have variance 1/2
            default -> 0;
          };
      assertThat(value(result, Metric.HESSIAN_LOSS)).isGreaterThan(least).isLessThan(6);
      assertThat(value(result, Metric.HESSIAN_LARGEST_EIGENVALUE)).isPositive();
      assertThat(value(result, Metric.HESSIAN_TRACE)).isFinite();
      assertThat(result.measurements()) // one draw by default: it knows no error of its own
          .extracting(Measurement::metric)
          .contains(Metric.HESSIAN_NEGATIVE_MASS)
          .doesNotContain(Metric.HESSIAN_NEGATIVE_MASS_ERROR);
    }
  }

  @Test
  void measure_inChunks_isTheSameSpectrum() {
    try (ProbeCase whole = new ProbeCase("", folder.resolve("whole"));
        ProbeCase chunked = new ProbeCase("hessian.chunk = 7", folder.resolve("chunked"))) {
      double largest = value(whole.measure(HessianProbe.NAME), Metric.HESSIAN_LARGEST_EIGENVALUE);
      assertThat(value(chunked.measure(HessianProbe.NAME), Metric.HESSIAN_LARGEST_EIGENVALUE))
          .isCloseTo(largest, within(1e-5 * largest)); // other sums in float32
    }
  }

  @Test
  void load_basisOverTheBudget_isRefusedWithTheNumbers() {
    try (TensorFlowAgentFactory factory =
        SmallTask.factory("hessian.memory-budget = 10 KiB", folder)) {
      assertThatThrownBy(() -> factory.createProbe(HessianProbe.NAME))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("a Lanczos basis of order 50 for 113 parameters takes")
          .hasMessageContaining("the budget is 10240 bytes");
    }
  }

  private static double value(ProbeResult result, Metric metric) {
    return ProbeCase.value(result, metric);
  }
}
