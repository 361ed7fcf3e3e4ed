package io.limber.numerics.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.Learner;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.probe.Probe;
import io.limber.core.probe.ProbeCost;
import io.limber.core.probe.ProbeResult;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.numerics.agent.SmallTask;
import io.limber.numerics.agent.TensorFlowAgentFactory;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every probe that trains nothing keeps to. */
class ProbesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"hessian", "gradient-covariance", "landscape", "statistics"})
  void measure_anySnapshot_touchesNeitherItNorTheLearner(String name) {
    try (TensorFlowAgentFactory factory = SmallTask.factory("", folder);
        Learner probed = factory.createLearner();
        Learner twin = factory.createLearner();
        Probe probe = factory.createProbe(name)) {
      AgentSnapshot snapshot = probed.agentSnapshot();
      FloatBuffer before = probed.snapshot().values();

      ProbeResult result = probe.measure(snapshot, ProbeCase.SEEN, Probe.Progress.IGNORED);

      assertThat(result.measurements()).allMatch(m -> m.step() == snapshot.step());
      assertThat(snapshot.online().values()).isEqualTo(before);
      for (int call = 0; call < 20; call++) {
        double loss = probed.update(SmallTask.transitions(12, call)).meanLoss();
        assertThat(twin.update(SmallTask.transitions(12, call)).meanLoss()).isEqualTo(loss);
      }
      assertThat(probed.snapshot().values()).isEqualTo(twin.snapshot().values());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hessian", "gradient-covariance", "landscape", "statistics"})
  void measure_sameSnapshotTwice_isEqualBitForBit(String name) {
    try (ProbeCase task = new ProbeCase("", folder);
        Probe probe = task.factory.createProbe(name)) {
      List<Double> progress = new ArrayList<>();
      ProbeResult first = probe.measure(task.agent, ProbeCase.SEEN, progress::add);
      assertThat(progress).isSorted().last().isEqualTo(1.0);
      // the size of a buffer beyond the wanted rows does not count
      Transitions more = SmallTask.transitions(40, 1);
      for (int i = 0; i < 32 * SmallTask.OBSERVATIONS.bytes(); i++) {
        more.sTm1().put(i, ProbeCase.SEEN.sTm1().get(i));
        more.sT().put(i, ProbeCase.SEEN.sT().get(i));
      }
      for (int row = 0; row < 32; row++) {
        more.actions().put(row, ProbeCase.SEEN.actions().get(row));
        more.rewards().put(row, ProbeCase.SEEN.rewards().get(row));
        more.discounts().put(row, ProbeCase.SEEN.discounts().get(row));
      }
      assertThat(probe.measure(task.agent, more, Probe.Progress.IGNORED).measurements())
          .isEqualTo(first.measurements());
      assertThat(task.measure(name)).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plasticity", "hessian", "gradient-covariance", "landscape", "statistics"})
  void measure_tooFewOrOtherTransitions_isRefused(String name) {
    try (ProbeCase task = new ProbeCase("", folder);
        Probe probe = task.factory.createProbe(name)) {
      int wanted = probe.transitions();
      Transitions few = SmallTask.transitions(wanted - 1, 8);
      assertThatThrownBy(() -> probe.measure(task.agent, few, Probe.Progress.IGNORED))
          .hasMessage(
              "the %s probe takes %d transitions, not %d".formatted(name, wanted, wanted - 1));
      few.setSize(0);
      assertThatThrownBy(() -> probe.measure(task.agent, few, Probe.Progress.IGNORED))
          .hasMessage("the %s probe takes %d transitions, not 0".formatted(name, wanted));
      Transitions other = new Transitions(new TransitionSpec(5), wanted);
      other.setSize(wanted);
      assertThatThrownBy(() -> probe.measure(task.agent, other, Probe.Progress.IGNORED))
          .hasMessage("the " + name + " probe takes observations of 6 bytes, not of 5");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hessian", "gradient-covariance", "landscape", "statistics"})
  void measure_nonFiniteParameters_isRefusedByTheirName(String name) {
    try (ProbeCase task = new ProbeCase("", folder)) {
      float[] values = new float[113];
      values[44] = Float.NEGATIVE_INFINITY;
      var spoilt = ParameterSnapshot.owning(3, task.network.layout(), values);
      assertThatThrownBy(() -> task.measure(name, spoilt))
          .isInstanceOf(ArithmeticException.class)
          .hasMessage("parameter 2 of dense-0/bias in the snapshot is -Infinity");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "hessian, the loss whose curvature is sought is NaN",
    "gradient-covariance, the gradients of examples 0 and 3 have the inner product NaN",
    "landscape, the loss whose curvature is sought is NaN",
    "statistics, the loss whose curvature is sought is NaN"
  })
  void measure_nonFiniteLoss_isRefusedByName(String name, String message) {
    try (ProbeCase task = new ProbeCase("", folder);
        Probe probe = task.factory.createProbe(name)) {
      Transitions spoilt = SmallTask.transitions(32, 8);
      spoilt.rewards().put(3, Float.NaN);
      assertThatThrownBy(() -> probe.measure(task.agent, spoilt, Probe.Progress.IGNORED))
          .isInstanceOf(ArithmeticException.class)
          .hasMessage(message);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plasticity", "hessian", "gradient-covariance", "landscape", "statistics"})
  void measure_snapshotOfAnotherArchitecture_isRefused(String name) {
    try (ProbeCase task = new ProbeCase("", folder.resolve("a"));
        ProbeCase other = new ProbeCase("network.hidden-widths = [5, 7]", folder.resolve("b"))) {
      assertThatThrownBy(() -> task.measure(name, other.snapshot))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the snapshot is of ")
          .hasMessageEndingWith(", not of " + task.network.layout().architecture());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plasticity", "hessian", "gradient-covariance", "landscape", "statistics"})
  void cost_eachProbe_isKnownBeforehand(String name) {
    try (TensorFlowAgentFactory factory = SmallTask.factory("", folder);
        Probe probe = factory.createProbe(name)) {
      ProbeCost cost = probe.cost().orElseThrow();

      assertThat(cost.gradients()).isPositive();
      assertThat(cost.batchSize()).isBetween(1, probe.transitions());
      assertThat(cost.bytes()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "objective { output = categorical, categorical { bins = 7, min = -2, max = 2 } }",
        "objective { output = categorical, categorical.projection = c51 }",
        "objective.kind = classification",
        "objective.kind = regression"
      })
  void measure_anyObjective_isFinite(String objective) {
    for (String loss : List.of("td", "curvature", "probe")) {
      String losses = ", hessian.loss = " + loss + ", gradient-covariance.loss = " + loss;
      try (ProbeCase task = new ProbeCase(objective + losses, folder.resolve(loss))) {
        for (String probe : TensorFlowAgentFactory.PROBES) {
          assertThat(task.measure(probe).measurements())
              .isNotEmpty()
              .allSatisfy(m -> assertThat(m.value()).as(m.metric().toString()).isFinite());
        }
      }
    }
  }
}
