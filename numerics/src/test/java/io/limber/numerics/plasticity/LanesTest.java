package io.limber.numerics.plasticity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.probe.Probe;
import io.limber.core.random.RandomStreams;
import io.limber.core.random.SeededRandom;
import io.limber.core.replay.Transitions;
import io.limber.numerics.agent.NumericsSettings;
import io.limber.numerics.agent.SmallTask;
import io.limber.numerics.network.Network;
import io.limber.numerics.network.Networks;
import io.limber.numerics.network.Observations;
import io.limber.numerics.runtime.ComputeDevice;
import io.limber.numerics.runtime.CpuThreads;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three targets in one, two and three lanes. */
class LanesTest {

  private static final Observations OBSERVATIONS = new Observations(SmallTask.OBSERVATIONS);
  private static final ComputeDevice DEVICE =
      ComputeDevice.choose("cpu", new CpuThreads(2, 1)).forProbes();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "network.kind = mlp",
        "network { kind = cnn, cnn { filters = [3], kernel-sizes = [2], strides = [1], dense-widths = [5] } }",
        "optimizer { adam.inner-epsilon = 1.0e-3, max-gradient-norm = 0.1 }",
        "optimizer { kind = rmsprop, rmsprop.momentum = 0.5 }"
      })
  void fitAll_anyNumberOfLanes_isEqualBitForBit(String overrides) {
    PlasticityResult alone = fitAll(overrides, 1);
    PlasticityResult twoThenOne = fitAll(overrides, 2);
    PlasticityResult together = fitAll(overrides, 3);

    assertThat(twoThenOne.curves()).isDeepEqualTo(alone.curves());
    assertThat(together.curves()).isDeepEqualTo(alone.curves());
    assertThat(twoThenOne.finalLosses()).isEqualTo(alone.finalLosses());
    assertThat(together.finalLosses()).isEqualTo(alone.finalLosses());
    assertThat(together.initialLosses()).isEqualTo(alone.initialLosses());
    assertThat(together.baselines()).isEqualTo(alone.baselines());
    // or lanes that all fit the same target would pass
    assertThat(alone.finalLosses()).doesNotHaveDuplicates();
  }

  @Test
  void measure_twoLanes_tellsProgressPerCall() {
    List<Double> told = new ArrayList<>();
    try (PlasticityProbe probe = probe("", 2)) {
      probe.measure(snapshot(""), SmallTask.transitions(32, 8), told::add);
    }
    // 20 steps are two calls: two targets in the first round, one in the second, then the end
    assertThat(told).containsExactly(1 / 3.0, 2 / 3.0, 2.5 / 3, 1.0, 1.0);
  }

  @Test
  void measure_cancelledHalfway_leavesNothingBehind() {
    AgentSnapshot snapshot = snapshot("");
    Transitions seen = SmallTask.transitions(32, 8);
    Probe.Progress cancelling =
        done -> {
          if (done > 0.5) {
            throw new CancellationException();
          }
        };
    try (PlasticityProbe probe = probe("", 2)) {
      var undisturbed = probe.measure(snapshot, seen, Probe.Progress.IGNORED);
      assertThatThrownBy(() -> probe.measure(snapshot, SmallTask.transitions(32, 9), cancelling))
          .isInstanceOf(CancellationException.class);
      assertThat(probe.measure(snapshot, seen, Probe.Progress.IGNORED)).isEqualTo(undisturbed);
    }
  }

  @Test
  void measure_divergingFit_isRefusedWithTheTarget() {
    String diverging = "optimizer { kind = sgd, learning-rate = 1.0e30 }";
    try (PlasticityProbe probe = probe(diverging, 2)) {
      assertThatThrownBy(
              () ->
                  probe.measure(
                      snapshot(diverging), SmallTask.transitions(32, 8), Probe.Progress.IGNORED))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageStartingWith("the loss of target 0 is ");
    }
  }

  @Test
  void cost_moreLanes_takesTheMemoryOfEach() {
    long one = bytes(1);
    long two = bytes(2);
    long three = bytes(3);
    assertThat(three - two).isEqualTo(two - one);
    // 6-7-5-4 has 113 parameters, in float32 with two moments and a gradient
    assertThat(two - one).isGreaterThan(4 * 4 * 113);
  }

  private long bytes(int lanes) {
    try (PlasticityProbe probe = probe("", lanes)) {
      return probe.cost().orElseThrow().bytes();
    }
  }

  private PlasticityResult fitAll(String overrides, int lanes) {
    try (PlasticityProbe probe = probe(overrides, lanes)) {
      return probe.fitAll(
          snapshot(overrides), SmallTask.transitions(32, 8), Probe.Progress.IGNORED);
    }
  }

  private PlasticityProbe probe(String overrides, int lanes) {
    NumericsSettings settings = SmallTask.settings(overrides);
    Path program = folder.resolve(Integer.toString(lanes));
    PlasticityProbe.export(
        program,
        settings.plasticity(),
        network(overrides),
        OBSERVATIONS,
        settings.optimizer(),
        lanes);
    return PlasticityProbe.load(
        program,
        DEVICE,
        settings.plasticity(),
        network(overrides),
        OBSERVATIONS,
        lanes,
        new RandomStreams(11));
  }

  private static AgentSnapshot snapshot(String overrides) {
    Network network = network(overrides);
    return AgentSnapshot.of(
        ParameterSnapshot.owning(6, network.layout(), network.initialise(new SeededRandom(3))));
  }

  private static Network network(String overrides) {
    return Networks.of(
        SmallTask.settings(overrides).network(),
        SmallTask.OBSERVATIONS,
        SmallTask.ACTIONS.actions());
  }
}
