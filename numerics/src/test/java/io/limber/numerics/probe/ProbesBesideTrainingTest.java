package io.limber.numerics.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.Learner;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.probe.Probe;
import io.limber.core.probe.ProbeResult;
import io.limber.numerics.agent.SmallTask;
import io.limber.numerics.agent.TensorFlowAgentFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training with every probe there is, against a twin without any: the same to the last bit. */
class ProbesBesideTrainingTest {

  private static final int UPDATES = 1000;

  @TempDir Path folder;

  private TensorFlowAgentFactory factory;
  private Learner probed;
  private Learner twin;
  private final List<Probe> probes = new ArrayList<>();

  @BeforeEach
  void setUp() {
    // one update a call, so that each loss is told
    factory = SmallTask.factory("learner.updates-per-call = 1", folder);
    probed = factory.createLearner();
    twin = factory.createLearner();
    TensorFlowAgentFactory.PROBES.forEach(name -> probes.add(factory.createProbe(name)));
    losses(probed, -50, 0);
    losses(twin, -50, 0);
  }

  @AfterEach
  void tearDown() {
    probes.forEach(Probe::close);
    probed.close();
    twin.close();
    factory.close();
  }

  @Test
  void update_thousandTimesAfterAllProbes_givesTheLossesOfAnUnprobedTwin() {
    AgentSnapshot snapshot = probed.agentSnapshot();
    List<Integer> before = bits(snapshot);

    List<ProbeResult> results = measure(snapshot);

    assertThat(results).hasSize(TensorFlowAgentFactory.PROBES.size());
    assertThat(bits(snapshot)).isEqualTo(before);
    assertThat(losses(probed, 0, UPDATES)).isEqualTo(losses(twin, 0, UPDATES));
    assertThat(bits(probed.agentSnapshot())).isEqualTo(bits(twin.agentSnapshot()));
  }

  @Test
  void update_thousandTimesWhileProbesMeasure_givesTheLossesOfAnUnprobedTwin() {
    AgentSnapshot snapshot = probed.agentSnapshot();
    List<Integer> before = bits(snapshot);
    List<ProbeResult> alone = measure(snapshot);

    CompletableFuture<List<ProbeResult>> beside =
        CompletableFuture.supplyAsync(() -> measure(snapshot));
    long[] losses = losses(probed, 0, UPDATES);

    assertThat(beside.join()).isEqualTo(alone);
    assertThat(bits(snapshot)).isEqualTo(before);
    assertThat(losses).isEqualTo(losses(twin, 0, UPDATES));
    assertThat(bits(probed.agentSnapshot())).isEqualTo(bits(twin.agentSnapshot()));
  }

  private List<ProbeResult> measure(AgentSnapshot snapshot) {
    return probes.stream()
        .map(probe -> probe.measure(snapshot, ProbeCase.SEEN, Probe.Progress.IGNORED))
        .toList();
  }

  /** Bits of the losses of updates from one to another, on batches of four. */
  private static long[] losses(Learner learner, int from, int to) {
    long[] losses = new long[to - from];
    for (int i = 0; i < losses.length; i++) {
      double loss = learner.update(SmallTask.transitions(4, from + i)).meanLoss();
      losses[i] = Double.doubleToRawLongBits(loss);
    }
    return losses;
  }

  /** Of all numbers of the online network, the target network and the optimiser. */
  private static List<Integer> bits(AgentSnapshot snapshot) {
    List<Integer> bits = new ArrayList<>();
    for (ParameterSnapshot part :
        List.of(
            snapshot.online(),
            snapshot.target().orElseThrow(),
            snapshot.optimizer().orElseThrow())) {
      for (int i = 0; i < part.layout().size(); i++) {
        bits.add(Float.floatToRawIntBits(part.values().get(i)));
      }
    }
    return bits;
  }
}
