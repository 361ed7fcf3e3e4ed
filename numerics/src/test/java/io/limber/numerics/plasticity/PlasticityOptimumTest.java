package io.limber.numerics.plasticity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.Learner;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.probe.Probe;
import io.limber.core.probe.ProbeResult;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.Transitions;
import io.limber.numerics.agent.SmallTask;
import io.limber.numerics.agent.TensorFlowAgentFactory;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Networks;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network without hidden layers, whose best fit is that of least squares. */
class PlasticityOptimumTest {

  /** Slow phases, so that single precision knows them as double precision does. */
  private static final int FREQUENCY = 3;

  private static final Transitions SEEN = SmallTask.transitions(32, 8);

  @TempDir Path folder;

  @Test
  void measure_linearNetwork_endsAtTheLeastSquares() {
    ProbeResult result = measure(settings(32));

    double optimum = 0;
    double baseline = 0;
    for (int target = 0; target < 2; target++) {
      double[] y = targets(target, 32);
      optimum += leastSquares(y, 32) / 2;
      baseline += variance(y) / 2;
    }
    assertThat(optimum).isBetween(0.01, 0.9 * baseline);
    assertThat(value(result, Metric.PLASTICITY_BASELINE)).isCloseTo(baseline, within(1e-5));
    // never below; above by what the last batches, drawn with replacement, drove it away:
    // about rate / (1 − momentum) · (trace of the Hessian, 1.5) / 2 / batch = 0.5 %
    assertThat(value(result, Metric.PLASTICITY_FINAL_LOSS))
        .isBetween((1 - 1e-5) * optimum, 1.03 * optimum);
    assertThat(value(result, Metric.PLASTICITY))
        .isCloseTo(baseline - optimum, within(0.03 * optimum + 1e-5));
  }

  @Test
  void measure_fewerObservationsThanWeights_fitsThemAll() {
    ProbeResult result = measure(settings(4));

    // four equations for each output's seven numbers
    double baseline = (variance(targets(0, 4)) + variance(targets(1, 4))) / 2;
    assertThat(value(result, Metric.PLASTICITY_BASELINE)).isCloseTo(baseline, within(1e-5));
    assertThat(value(result, Metric.PLASTICITY)).isCloseTo(baseline, within(1e-3 * baseline));
  }

  @Test
  void measure_fitThatDiverges_isRefusedByItsTarget() {
    String far = settings(32) + ", optimizer.learning-rate = 1.0e30";

    assertThatThrownBy(() -> measure(far))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageMatching("the (final )?loss of target 0 is (NaN|Infinity)");
  }

  private static String settings(int rows) {
    return "network.hidden-widths = [], optimizer { kind = sgd, learning-rate = 0.02, sgd.momentum = 0.9 },"
        + " plasticity { targets = 2, steps = 3000, transitions = %d, batch-size = %d, frequency = %d }"
            .formatted(rows, rows, FREQUENCY);
  }

  private ProbeResult measure(String settings) {
    try (TensorFlowAgentFactory factory = SmallTask.factory(settings, folder);
        Learner learner = factory.createLearner();
        Probe probe = factory.createProbe(PlasticityProbe.NAME)) {
      AgentSnapshot snapshot = AgentSnapshot.of(learner.snapshot());
      return probe.measure(snapshot, SEEN, Probe.Progress.IGNORED);
    }
  }

  /** a + sin(frequency · f(x; ω)) in double precision, [rows · 4]; seed 7 is SmallTask's. */
  private static double[] targets(int target, int rows) {
    RandomStreams run = new RandomStreams(7);
    RandomStreams own = run.child("probe-plasticity").child("target-" + target);
    Network network =
        Networks.of(SmallTask.settings(settings(rows)).network(), SmallTask.OBSERVATIONS, 4);
    double[] present = outputs(network.initialise(run.stream("initialisation")), rows);
    double[] random = outputs(network.initialise(own.stream("network")), rows);
    double offset = Arrays.stream(present).average().orElseThrow();
    return Arrays.stream(random).map(f -> offset + Math.sin(FREQUENCY * f)).toArray();
  }

  private static double[] outputs(float[] parameters, int rows) {
    FloatBuffer p = FloatBuffer.wrap(parameters);
    double[] outputs = new double[4 * rows];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = p.get(24 + i % 4);
      for (int pixel = 0; pixel < 6; pixel++) {
        outputs[i] += input(i / 4, pixel) * p.get(4 * pixel + i % 4);
      }
    }
    return outputs;
  }

  private static double input(int row, int pixel) {
    return (SEEN.sTm1().get(6 * row + pixel) & 0xff) / 255.0;
  }

  /** Mean squared error of the best affine map. */
  private static double leastSquares(double[] targets, int rows) {
    DMatrixRMaj x = new DMatrixRMaj(rows, 7);
    for (int row = 0; row < rows; row++) {
      for (int pixel = 0; pixel < 6; pixel++) {
        x.set(row, pixel, input(row, pixel));
      }
      x.set(row, 6, 1);
    }
    DMatrixRMaj y = DMatrixRMaj.wrap(rows, 4, targets.clone());
    DMatrixRMaj best = new DMatrixRMaj(7, 4);
    assertThat(CommonOps_DDRM.solve(x, y, best)).isTrue();
    DMatrixRMaj fitted = new DMatrixRMaj(rows, 4);
    CommonOps_DDRM.mult(x, best, fitted);
    CommonOps_DDRM.subtractEquals(fitted, y);
    return Math.pow(NormOps_DDRM.normF(fitted), 2) / targets.length;
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
  }

  private static double value(ProbeResult result, Metric metric) {
    return result.measurements().stream()
        .filter(m -> m.metric() == metric)
        .mapToDouble(Measurement::value)
        .findFirst()
        .orElseThrow();
  }
}
