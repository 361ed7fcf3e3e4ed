package io.limber.protos;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.probe.ProbeResult;
import io.limber.core.probe.Table;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import java.util.List;
import java.util.Optional;

/** Orders of probes and their answers, for tests. */
final class Orders {

  static final TransitionSpec SPEC = new TransitionSpec(50);

  private Orders() {}

  /** With a network of two chunks, its target, an optimiser of one, and 3,000 transitions. */
  static ProbeOrder order() {
    Transitions transitions = new Transitions(SPEC, 3000);
    transitions.setSize(3000);
    for (int i = 0; i < 3000 * 50; i++) {
      transitions.sTm1().put(i, (byte) i);
      transitions.sT().put(i, (byte) (i * 3));
    }
    transitions.rT().putFloat(8, -0.25f);
    AgentSnapshot snapshot =
        new AgentSnapshot(
            Snapshots.counting(50_000),
            Optional.of(Snapshots.counting(50_000)),
            Optional.of(Snapshots.small()));
    return new ProbeOrder(17, "plasticity", "replies#1", "results#2", snapshot, transitions);
  }

  /** A measurement that is no number, and a table of all sorts of them. */
  static ProbeAnswer answer() {
    Table table =
        new Table(
            "curve",
            List.of("step", "loss"),
            List.of(new double[] {1, 0.1}, new double[] {-0.0, Double.NEGATIVE_INFINITY}));
    ProbeResult result =
        new ProbeResult(
            List.of(new Measurement(Metric.PLASTICITY, 7, Double.NaN)),
            List.of(table, Table.ofRow("one", List.of("value"), Double.MIN_VALUE)));
    return new ProbeAnswer(17, 7, 2.5, result);
  }
}
