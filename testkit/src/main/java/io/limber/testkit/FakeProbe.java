package io.limber.testkit;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.probe.Probe;
import io.limber.core.probe.ProbeResult;
import io.limber.core.probe.Table;
import io.limber.core.replay.Transitions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A probe whose measurement depends on the snapshot and every byte of its transitions. */
public final class FakeProbe extends FakeThing implements Probe {

  /** What a test makes a measurement do before it answers. */
  @FunctionalInterface
  public interface Script {
    /** Answers at once. */
    Script NOTHING = (step, progress) -> {};

    /** May throw, or wait until the test lets it go on. */
    void run(long step, Progress progress);
  }

  private final String name;
  private final int transitions;
  private final Script script;

  FakeProbe(String name, int transitions, Script script, AtomicInteger open) {
    super(open);
    this.name = name;
    this.transitions = transitions;
    this.script = script;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int transitions() {
    return transitions;
  }

  @Override
  public ProbeResult measure(AgentSnapshot snapshot, Transitions from, Progress progress) {
    enter();
    try {
      if (from.size() < transitions) {
        throw new IllegalArgumentException(from.size() + " transitions, wants " + transitions);
      }
      FakeParameters.requireValid(from, FakeEnvironment.ACTIONS);
      double sum = FakeParameters.sum(from) + snapshot.online().values().get(0);
      progress.at(0.5);
      script.run(snapshot.step(), progress);
      return new ProbeResult(
          List.of(new Measurement(Metric.PLASTICITY, snapshot.step(), sum)),
          List.of(Table.ofRow("sum", List.of("sum"), sum)));
    } finally {
      leave();
    }
  }
}
