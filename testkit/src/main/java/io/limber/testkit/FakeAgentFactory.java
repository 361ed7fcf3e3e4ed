package io.limber.testkit;

import io.limber.core.agent.AgentFactory;
import io.limber.core.agent.Learner;
import io.limber.core.agent.Policy;
import io.limber.core.intervention.Firing;
import io.limber.core.metrics.Measurement;
import io.limber.core.probe.Probe;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;

/** Makes fakes and counts those that are open. Set it up before it is used; thread-safe then. */
public final class FakeAgentFactory implements AgentFactory {

  private final int batchSize;
  private final int updatesPerCall;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<String, FakeProbe.Script> probes = new ConcurrentHashMap<>();
  private volatile int probeTransitions = 4;
  private volatile long nanStep = Long.MAX_VALUE;
  private volatile LongConsumer onUpdate = step -> {};
  private volatile BiFunction<Long, List<Measurement>, List<Firing>> intervention =
      (step, seen) -> List.of();

  public FakeAgentFactory(int batchSize, int updatesPerCall) {
    this.batchSize = batchSize;
    this.updatesPerCall = updatesPerCall;
  }

  /** Adds a probe. */
  public FakeAgentFactory withProbe(String name, FakeProbe.Script script) {
    probes.put(name, script);
    return this;
  }

  /** Transitions that each probe wants. */
  public FakeAgentFactory withProbeTransitions(int transitions) {
    probeTransitions = transitions;
    return this;
  }

  /** The loss is NaN from this learner step on. */
  public FakeAgentFactory withNanAt(long step) {
    nanStep = step;
    return this;
  }

  /** Is told the step at the end of each call of the learner; may wait. */
  public FakeAgentFactory withOnUpdate(LongConsumer told) {
    onUpdate = told;
    return this;
  }

  /**
   * What fires at the end of each call of the learner, by the step then and all that the learner
   * was told of measurements so far.
   */
  public FakeAgentFactory withIntervention(
      BiFunction<Long, List<Measurement>, List<Firing>> intervention) {
    this.intervention = intervention;
    return this;
  }

  /** Learners, policies and probes that are not closed. */
  public int open() {
    return open.get();
  }

  @Override
  public Learner createLearner() {
    return new FakeLearner(this, open);
  }

  @Override
  public Policy createPolicy() {
    return new FakePolicy(open);
  }

  @Override
  public Probe createProbe(String name) {
    FakeProbe.Script script = probes.get(name);
    if (script == null) {
      throw new IllegalArgumentException("no probe " + name + ", there are " + probes.keySet());
    }
    return new FakeProbe(name, probeTransitions, script, open);
  }

  @Override
  public String device() {
    return "fake";
  }

  @Override
  public void close() {
    if (open.get() != 0) {
      throw new IllegalStateException(open.get() + " things are still open");
    }
  }

  int batchSize() {
    return batchSize;
  }

  int updatesPerCall() {
    return updatesPerCall;
  }

  long nanStep() {
    return nanStep;
  }

  List<Firing> firings(long step, List<Measurement> seen) {
    return intervention.apply(step, seen);
  }

  void beforeUpdateReturns(long step) {
    onUpdate.accept(step);
  }
}
