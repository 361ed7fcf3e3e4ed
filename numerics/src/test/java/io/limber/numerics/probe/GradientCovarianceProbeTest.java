package io.limber.numerics.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.metrics.Metric;
import io.limber.core.probe.ProbeResult;
import io.limber.core.probe.Table;
import io.limber.numerics.agent.SmallTask;
import io.limber.numerics.curvature.HessianProgram;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradientCovarianceProbeTest {

  private static final int EXAMPLES = 16;

  @TempDir Path folder;

  @Test
  void measure_smallNetwork_isTheCosinesOfGradientsTakenOneByOne() {
    try (ProbeCase task = new ProbeCase("", folder)) {
      double[][] cosines = cosines(task);
      ProbeResult result = task.measure(GradientCovarianceProbe.NAME);

      double sum = 0;
      int negative = 0;
      int pairs = EXAMPLES * (EXAMPLES - 1) / 2;
      for (int i = 0; i < EXAMPLES; i++) {
        for (int j = i + 1; j < EXAMPLES; j++) {
          sum += cosines[i][j];
          negative += cosines[i][j] < 0 ? 1 : 0;
        }
      }
      // inner products of 113 float32 numbers
      assertThat(ProbeCase.value(result, Metric.GRADIENT_COVARIANCE_MEAN_COSINE))
          .isCloseTo(sum / pairs, within(1e-5));
      assertThat(ProbeCase.value(result, Metric.GRADIENT_COVARIANCE_FRACTION_NEGATIVE))
          .isEqualTo(negative / (double) pairs);
      assertThat(ProbeCase.value(result, Metric.GRADIENT_COVARIANCE_EFFECTIVE_RANK))
          .isBetween(1.0, (double) EXAMPLES);
      assertThat(ProbeCase.value(result, Metric.GRADIENT_COVARIANCE_ZERO_GRADIENTS)).isZero();
      assertTables(result, cosines);
    }
  }

  private static void assertTables(ProbeResult result, double[][] cosines) {
    Table matrix = ProbeCase.table(result, "cosines");
    List<double[]> order = ProbeCase.table(result, "display-order").rows();
    for (int i = 0; i < EXAMPLES; i++) {
      int row = (int) order.get(i)[0];
      assertThat(matrix.columns().get(i)).isEqualTo("example-" + row);
      for (int j = 0; j < EXAMPLES; j++) {
        assertThat(matrix.rows().get(i)[j])
            .isCloseTo(cosines[row][(int) order.get(j)[0]], within(1e-5));
      }
    }
    assertThat(order.stream().mapToDouble(r -> r[1]).toArray()).isSorted();
    assertThat(order.stream().mapToInt(r -> (int) r[0]).distinct().count()).isEqualTo(EXAMPLES);
  }

  private static double[][] cosines(ProbeCase task) {
    double[][] gradients = new double[EXAMPLES][];
    float[] targets = task.targets();
    int bytes = SmallTask.OBSERVATIONS.bytes();
    try (HessianProgram program = task.hessian()) {
      for (int i = 0; i < EXAMPLES; i++) {
        ByteBuffer one = ProbeCase.SEEN.sTm1().slice(i * bytes, bytes);
        program.prepare(task.snapshot, one, 1, Arrays.copyOfRange(targets, 2 * i, 2 * i + 2));
        gradients[i] = program.gradient();
      }
    }
    double[][] cosines = new double[EXAMPLES][EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      for (int j = 0; j < EXAMPLES; j++) {
        cosines[i][j] =
            dot(gradients[i], gradients[j])
                / Math.sqrt(dot(gradients[i], gradients[i]) * dot(gradients[j], gradients[j]));
      }
    }
    return cosines;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
