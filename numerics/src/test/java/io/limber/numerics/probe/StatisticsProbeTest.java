package io.limber.numerics.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.agent.Learner;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.metrics.Metric;
import io.limber.core.probe.Probe;
import io.limber.core.probe.ProbeCost;
import io.limber.core.probe.ProbeResult;
import io.limber.numerics.agent.SmallTask;
import io.limber.numerics.agent.TensorFlowAgentFactory;
import io.limber.numerics.curvature.HessianProgram;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsProbeTest {

  @TempDir Path folder;

  @Test
  void measure_trainedSnapshot_hasTheNormsOfPlainLoops() {
    try (ProbeCase task = new ProbeCase("", folder);
        Learner fresh = task.factory.createLearner()) {
      ProbeResult result = task.measure(StatisticsProbe.NAME);
      double squares = 0;
      double distances = 0;
      for (int i = 0; i < task.network.layout().size(); i++) {
        double value = task.snapshot.values().get(i);
        squares += value * value;
        distances += Math.pow(value - fresh.snapshot().values().get(i), 2);
      }
      assertNorm(result, Metric.STATISTICS_WEIGHT_NORM, "weight-norm", Math.sqrt(squares));
      assertThat(distances).isPositive();
      assertNorm(result, Metric.STATISTICS_DISTANCE, "distance", Math.sqrt(distances));
      // kernels of 6 x 7, 7 x 5 and 5 x 4 random numbers have full rank
      assertThat(value(result, Metric.STATISTICS_WEIGHT_RANK)).isEqualTo((6 + 5 + 4) / 3.0);
    }
  }

  @Test
  void measure_trainedSnapshot_hasTheLossAndGradientOfItsOwnTargets() {
    try (ProbeCase task = new ProbeCase("", folder);
        HessianProgram program = task.hessian()) {
      ProbeResult result = task.measure(StatisticsProbe.NAME);
      float[] targets = task.targets();
      double loss = program.prepare(task.snapshot, ProbeCase.SEEN.sTm1(), 32, targets);
      double gradient = Math.sqrt(Arrays.stream(program.gradient()).map(g -> g * g).sum());
      double squares = 0;
      for (int row = 0; row < 32; row++) {
        squares += targets[2 * row + 1] * (double) targets[2 * row + 1];
      }
      assertThat(value(result, Metric.STATISTICS_TD_LOSS)).isCloseTo(loss, within(1e-6 * loss));
      assertNorm(result, Metric.STATISTICS_GRADIENT_NORM, "gradient-norm", gradient);
      assertThat(value(result, Metric.STATISTICS_TARGET_SCALE))
          .isCloseTo(Math.sqrt(squares / 32), within(1e-12));
    }
  }

  @Test
  void measure_withTheOptimisersState_hasTheNormOfItsNextStep() {
    try (ProbeCase task = new ProbeCase("optimizer.adam.inner-epsilon = 1.0e-3", folder);
        HessianProgram program = task.hessian()) {
      ProbeResult result = task.measure(StatisticsProbe.NAME);
      program.prepare(task.snapshot, ProbeCase.SEEN.sTm1(), 32, task.targets());

      double expected = adamStep(program.gradient(), task.agent.optimizer().orElseThrow());

      // float32 against float64
      assertNorm(result, Metric.STATISTICS_UPDATE_NORM, "update-norm", expected, 1e-5);
    }
  }

  /** Kingma and Ba (2015), algorithm 1, with the inner epsilon, in double precision. */
  private static double adamStep(double[] gradient, ParameterSnapshot state) {
    int size = gradient.length;
    double power1 = 0.9 * state.values().get(2 * size);
    double power2 = 0.999 * state.values().get(2 * size + 1);
    double squares = 0;
    for (int i = 0; i < size; i++) {
      double m = 0.9 * state.values().get(i) + 0.1 * gradient[i];
      double v = state.values().get(size + i);
      // the slot averages g² + 1e-3
      v = 0.999 * v + 0.001 * (gradient[i] * gradient[i] + 1e-3);
      double step = 1e-3 * m / (1 - power1) / (Math.sqrt(v / (1 - power2)) + 1e-8);
      squares += step * step;
    }
    return Math.sqrt(squares);
  }

  @Test
  void measure_withAdamsState_hasItsMomentsWithoutTheInnerEpsilon() {
    try (ProbeCase task = new ProbeCase("optimizer.adam.inner-epsilon = 1.0e-3", folder)) {
      ProbeResult result = task.measure(StatisticsProbe.NAME);

      ParameterSnapshot state = task.agent.optimizer().orElseThrow();
      int size = task.network.layout().size();
      double correction1 = 1.0 - state.values().get(2 * size);
      double correction2 = 1.0 - state.values().get(2 * size + 1);
      double first = 0;
      double second = 0;
      for (int i = 0; i < size; i++) {
        first += Math.pow(state.values().get(i) / correction1, 2);
        // the slot averages g² + 1e-3
        second += state.values().get(size + i) / correction2 - 1e-3;
      }
      assertThat(value(result, Metric.STATISTICS_FIRST_MOMENT))
          .isCloseTo(Math.sqrt(first), within(1e-9));
      // the setting is a double here, a float in the slots
      assertThat(value(result, Metric.STATISTICS_SECOND_MOMENT))
          .isCloseTo(Math.sqrt(second), within(1e-6));
    }
  }

  @Test
  void measure_withRmsPropsState_hasNoAdamMoments() {
    try (ProbeCase task = new ProbeCase("optimizer.kind = rmsprop", folder)) {
      assertThat(task.measure(StatisticsProbe.NAME).measurements())
          .noneMatch(m -> m.metric() == Metric.STATISTICS_SECOND_MOMENT);
    }
  }

  @Test
  void measure_withoutTheOptimisersState_leavesItsStepOut() {
    try (ProbeCase task = new ProbeCase("", folder)) {
      ProbeResult result = task.measure(StatisticsProbe.NAME, task.snapshot);

      assertThat(result.measurements()).noneMatch(m -> m.metric() == Metric.STATISTICS_UPDATE_NORM);
    }
  }

  @Test
  void measure_withTheTargetNetwork_bootstrapsWithIt() {
    try (ProbeCase task = new ProbeCase("", folder)) {
      assertThat(task.agent.bootstrap().values()).isNotEqualTo(task.snapshot.values());

      double own =
          value(task.measure(StatisticsProbe.NAME, task.snapshot), Metric.STATISTICS_TD_LOSS);
      double target = value(task.measure(StatisticsProbe.NAME), Metric.STATISTICS_TD_LOSS);

      assertThat(target).isNotEqualTo(own);
    }
  }

  @Test
  void measure_categoricalOutputs_hasTheScaleOfTheirMeans() {
    String narrow =
        "objective { output = categorical, categorical { bins = 3, min = -2, max = 2 } }";
    try (ProbeCase task = new ProbeCase(narrow, folder)) {
      ProbeResult result = task.measure(StatisticsProbe.NAME);
      float[] targets = task.targets(); // action, then the distribution over −2, 0, 2
      double squares = 0;
      for (int row = 0; row < 32; row++) {
        squares += Math.pow(2 * (targets[4 * row + 3] - (double) targets[4 * row + 1]), 2);
      }
      assertThat(value(result, Metric.STATISTICS_TARGET_SCALE))
          .isCloseTo(Math.sqrt(squares / 32), within(1e-6));
      assertThat(value(result, Metric.STATISTICS_PREDICTION_SCALE)).isPositive().isLessThan(2);
    }
  }

  /** The value is as expected, and the root of the sum of its squares per tensor. */
  private static void assertNorm(ProbeResult result, Metric metric, String table, double expected) {
    assertNorm(result, metric, table, expected, 1e-6);
  }

  private static void assertNorm(
      ProbeResult result, Metric metric, String table, double expected, double relative) {
    assertThat(value(result, metric)).isCloseTo(expected, within(relative * expected));
    double squares =
        Arrays.stream(ProbeCase.table(result, table).rows().get(0)).map(v -> v * v).sum();
    assertThat(Math.sqrt(squares)).isCloseTo(value(result, metric), within(1e-12));
    assertThat(ProbeCase.table(result, table).columns())
        .containsExactly(
            "dense-0/kernel",
            "dense-0/bias",
            "dense-1/kernel",
            "dense-1/bias",
            "dense-2/kernel",
            "dense-2/bias");
  }

  @Test
  void measure_handMadeNetwork_hasItsRanksAndUnits() {
    try (ProbeCase task = new ProbeCase("", folder)) {
      // all kernels 1, so that each is of rank 1, and every unit of a layer sees the same sum;
      // in the first layer two biases let nothing through, in the second one dwarfs the others
      float[] values = new float[113];
      Arrays.fill(values, 0, 42, 1);
      values[42] = -100;
      values[43] = -100;
      Arrays.fill(values, 49, 84, 1);
      values[84] = 1e6f;
      Arrays.fill(values, 89, 109, 1);
      var made = ParameterSnapshot.owning(0, task.network.layout(), values);

      ProbeResult result = task.measure(StatisticsProbe.NAME, made);

      assertThat(value(result, Metric.STATISTICS_WEIGHT_RANK)).isEqualTo(1);
      assertThat(value(result, Metric.STATISTICS_DEAD_UNITS)).isEqualTo(2);
      assertThat(value(result, Metric.STATISTICS_DEAD_FRACTION)).isEqualTo(2 / 12.0);
      // the dead ones, and four of five that are a hundredth of a percent of the last
      assertThat(value(result, Metric.STATISTICS_DORMANT_UNITS)).isEqualTo(6);
      assertThat(ProbeCase.table(result, "hidden-layers").rows())
          .containsExactly(new double[] {0, 7, 2, 2}, new double[] {1, 5, 0, 4});
      // features are (c + 1e6, c, c, c, c) with c different from row to row: two directions
      assertThat(value(result, Metric.STATISTICS_FEATURE_RANK)).isEqualTo(2);
      assertThat(value(result, Metric.STATISTICS_EFFECTIVE_RANK)).isBetween(1.0, 1.1);
      assertThat(value(result, Metric.STATISTICS_PREDICTION_SCALE)).isCloseTo(1e6, within(1e3));
    }
  }

  @Test
  void cost_smallNetwork_countsSingularValuesAsTheGradientsOfThatTime() {
    try (TensorFlowAgentFactory factory = SmallTask.factory("", folder);
        Probe probe = factory.createProbe(StatisticsProbe.NAME)) {
      ProbeCost cost = probe.cost().orElseThrow();

      // 4 · long · short² for 6x7, 7x5, 5x4 and features 32x5, over 6 · 32 · 97 for a gradient
      double share = 25.0 * (4 * (7 * 36 + 7 * 25 + 5 * 16 + 32 * 25)) / (6 * 32 * 97);
      assertThat(cost.gradients()).isEqualTo(4 + (long) Math.ceil(share));
      assertThat(cost.batchSize()).isEqualTo(32);
      // 6 + 6 + 7 + 7 + 5 + 5 + 4 numbers flow, 12 of them of hidden units; 113 parameters
      assertThat(cost.bytes())
          .isEqualTo(4 * (2 * 32 * 40 + 2 * 32 * 12) + 44 * 113 + 2 * 8 * 32 * 5);
    }
  }

  @Test
  void cost_convolutions_countsEveryPlaceOfAKernel() {
    String cnn =
        "network { kind = cnn, cnn { filters = [3], kernel-sizes = [3], strides = [1],"
            + " padding = same, dense-widths = [] } }";
    try (TensorFlowAgentFactory factory = SmallTask.factory(cnn, folder);
        Probe probe = factory.createProbe(StatisticsProbe.NAME)) {
      // 9x3 at six places, 18x4 at one; features of 32 x (2 · 3 · 3)
      double gradient = 6 * 32 * (6 * 27 + 72);
      double values = 4 * (9 * 9 + 18 * 16 + 32 * 18 * 18);
      assertThat(probe.cost().orElseThrow().gradients())
          .isEqualTo(4 + (long) Math.ceil(25 * values / gradient));
    }
  }

  @Test
  void load_networkWithoutHiddenUnits_isRefused() {
    try (TensorFlowAgentFactory factory = SmallTask.factory("network.hidden-widths = []", folder)) {
      assertThatThrownBy(() -> factory.createProbe(StatisticsProbe.NAME))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the statistics probe looks at hidden units, and 2x3x1-")
          .hasMessageEndingWith(" has none");
    }
  }

  private static double value(ProbeResult result, Metric metric) {
    return ProbeCase.value(result, metric);
  }
}
