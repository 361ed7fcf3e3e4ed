package io.limber.numerics.plasticity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.Learner;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.probe.Probe;
import io.limber.core.probe.ProbeResult;
import io.limber.core.probe.Table;
import io.limber.core.replay.Transitions;
import io.limber.numerics.agent.SmallTask;
import io.limber.numerics.agent.TensorFlowAgentFactory;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlasticityProbeTest {

  @TempDir Path folder;

  @Test
  void measure_anySnapshot_touchesNeitherItNorTheLearner() {
    try (TensorFlowAgentFactory factory = SmallTask.factory("", folder);
        Learner probed = factory.createLearner();
        Learner twin = factory.createLearner();
        Probe probe = factory.createProbe("plasticity")) {
      train(probed, 0, 5);
      train(twin, 0, 5);
      AgentSnapshot snapshot = probed.agentSnapshot();
      FloatBuffer before = probed.snapshot().values();

      probe.measure(snapshot, SmallTask.transitions(32, 8), Probe.Progress.IGNORED);

      assertThat(snapshot.online().values()).isEqualTo(before);
      train(probed, 5, 20);
      train(twin, 5, 20);
      assertThat(probed.snapshot().values()).isEqualTo(twin.snapshot().values());
    }
  }

  @Test
  void measure_sameSnapshotTwice_isEqualBitForBit() {
    try (TensorFlowAgentFactory factory = SmallTask.factory("", folder);
        Learner learner = factory.createLearner();
        Probe one = factory.createProbe("plasticity");
        Probe other = factory.createProbe("plasticity")) {
      AgentSnapshot snapshot = learner.agentSnapshot();
      Transitions seen = SmallTask.transitions(32, 8);
      ProbeResult first = one.measure(snapshot, seen, Probe.Progress.IGNORED);
      assertThat(one.measure(snapshot, seen, Probe.Progress.IGNORED)).isEqualTo(first);
      assertThat(other.measure(snapshot, seen, Probe.Progress.IGNORED)).isEqualTo(first);
    }
  }

  @Test
  void measure_result_isBaselineMinusFinalLossAtTheSnapshotsStep() {
    try (TensorFlowAgentFactory factory = SmallTask.factory("", folder);
        Learner learner = factory.createLearner();
        Probe probe = factory.createProbe("plasticity")) {
      train(learner, 0, 2);
      List<Double> progress = new ArrayList<>();
      ProbeResult result =
          probe.measure(learner.agentSnapshot(), SmallTask.transitions(32, 8), progress::add);
      List<Measurement> results = result.measurements();

      assertThat(results).allMatch(m -> m.step() == 6);
      assertThat(value(results, Metric.PLASTICITY))
          .isEqualTo(
              value(results, Metric.PLASTICITY_BASELINE)
                  - value(results, Metric.PLASTICITY_FINAL_LOSS));
      // sin of a phase spread over many turns has variance 1/2; 3 targets of 32 x 4 values scatter
      // around it
      assertThat(value(results, Metric.PLASTICITY_BASELINE)).isCloseTo(0.5, within(0.1));
      assertThat(result.tables()).extracting(Table::name).containsExactly("learning-curve");
      assertThat(result.tables().get(0).rows()).hasSize(20);
      assertThat(progress).isSorted().last().isEqualTo(1.0);
    }
  }

  @Test
  void measure_moreSteps_fitsBetter() {
    String common = "optimizer.learning-rate = 1.0e-2, plasticity.steps = ";
    double few = finalLoss(common + 10, folder.resolve("few"));
    double many = finalLoss(common + 1000, folder.resolve("many"));
    assertThat(many).isLessThan(0.9 * few);
  }

  @Test
  void measure_withCarriedState_startsWhereTheLearnersOptimiserStands() {
    String carried = "plasticity.optimizer-state = carried";
    try (TensorFlowAgentFactory factory = SmallTask.factory(carried, folder.resolve("carried"));
        TensorFlowAgentFactory other = SmallTask.factory("", folder.resolve("fresh"));
        Learner learner = factory.createLearner();
        Probe carrying = factory.createProbe("plasticity");
        Probe fresh = other.createProbe("plasticity")) {
      Transitions seen = SmallTask.transitions(32, 8);
      ProbeResult atFirst = fresh.measure(learner.agentSnapshot(), seen, Probe.Progress.IGNORED);
      ProbeResult carriedAtFirst =
          carrying.measure(learner.agentSnapshot(), seen, Probe.Progress.IGNORED);
      train(learner, 0, 5);
      AgentSnapshot later = learner.agentSnapshot();

      // an optimiser before its first step is in its fresh state
      assertThat(carriedAtFirst).isEqualTo(atFirst);
      ProbeResult freshLater = fresh.measure(later, seen, Probe.Progress.IGNORED);
      ProbeResult carriedLater = carrying.measure(later, seen, Probe.Progress.IGNORED);
      double[] freshStart = freshLater.tables().get(0).rows().get(0);
      double[] carriedStart = carriedLater.tables().get(0).rows().get(0);
      assertThat(carriedStart).isEqualTo(freshStart); // the loss before the first step
      assertThat(value(carriedLater.measurements(), Metric.PLASTICITY_FINAL_LOSS))
          .isNotEqualTo(value(freshLater.measurements(), Metric.PLASTICITY_FINAL_LOSS));
    }
  }

  @Test
  void measure_withCarriedStateThatNobodyKept_isRefusedWithTheKey() {
    try (TensorFlowAgentFactory factory =
            SmallTask.factory("plasticity.optimizer-state = carried", folder);
        Learner learner = factory.createLearner();
        Probe probe = factory.createProbe("plasticity")) {
      AgentSnapshot bare = AgentSnapshot.of(learner.snapshot());
      assertThatThrownBy(
              () -> probe.measure(bare, SmallTask.transitions(32, 8), Probe.Progress.IGNORED))
          .hasMessageStartingWith("limber.plasticity.optimizer-state = carried must be fresh");
    }
  }

  private static double finalLoss(String overrides, Path folder) {
    try (TensorFlowAgentFactory factory = SmallTask.factory(overrides, folder);
        Learner learner = factory.createLearner();
        Probe probe = factory.createProbe("plasticity")) {
      return value(
          probe
              .measure(
                  learner.agentSnapshot(), SmallTask.transitions(32, 8), Probe.Progress.IGNORED)
              .measurements(),
          Metric.PLASTICITY_FINAL_LOSS);
    }
  }

  @Test
  void measure_nonFiniteParameters_isRefusedByName() {
    try (TensorFlowAgentFactory factory = SmallTask.factory("", folder);
        Learner learner = factory.createLearner();
        Probe probe = factory.createProbe("plasticity")) {
      float[] values = new float[learner.layout().size()];
      values[values.length - 1] = Float.NaN;
      var spoilt = AgentSnapshot.of(ParameterSnapshot.owning(3, learner.layout(), values));
      assertThatThrownBy(
              () -> probe.measure(spoilt, SmallTask.transitions(32, 8), Probe.Progress.IGNORED))
          .isInstanceOf(ArithmeticException.class)
          .hasMessage("the mean prediction of the snapshot is NaN");
    }
  }

  @Test
  void createProbe_unknownName_listsThoseThereAre() {
    try (TensorFlowAgentFactory factory = SmallTask.factory("", folder)) {
      assertThatThrownBy(() -> factory.createProbe("plastic"))
          .hasMessage(
              "there is no probe plastic, only plasticity, hessian, gradient-covariance, landscape,"
                  + " statistics");
    }
  }

  private static void train(Learner learner, int from, int to) {
    for (int call = from; call < to; call++) {
      learner.update(SmallTask.transitions(12, call));
    }
  }

  private static double value(List<Measurement> measurements, Metric metric) {
    return measurements.stream()
        .filter(m -> m.metric() == metric)
        .findFirst()
        .orElseThrow()
        .value();
  }
}
