package io.limber.testkit;

import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.Learner;
import io.limber.core.agent.NonFiniteLossException;
import io.limber.core.agent.ParameterLayout;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.agent.Recovery;
import io.limber.core.agent.UpdateReport;
import io.limber.core.intervention.Firing;
import io.limber.core.metrics.Measurement;
import io.limber.core.replay.Transitions;
import io.limber.core.state.SavedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A learner whose loss and parameters depend on every byte of every batch it ever saw. */
public final class FakeLearner extends FakeThing implements Learner {

  private static final String VALUE_FILE = "value.txt";

  private final FakeAgentFactory agent;
  private final List<Measurement> seen = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private long step;
  private float value = 0.5f;
  private boolean recovered;

  FakeLearner(FakeAgentFactory agent, AtomicInteger open) {
    super(open);
    this.agent = agent;
  }

  @Override
  public ParameterLayout layout() {
    return FakeParameters.LAYOUT;
  }

  @Override
  public int batchSize() {
    return agent.batchSize();
  }

  @Override
  public int updatesPerCall() {
    return agent.updatesPerCall();
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public UpdateReport update(Transitions batch) {
    enter();
    if (batch.size() != batchSize() * updatesPerCall() || batch.capacity() != batch.size()) {
      throw new IllegalArgumentException("batch of " + batch.size() + " of " + batch.capacity());
    }
    FakeParameters.requireValid(batch, FakeEnvironment.ACTIONS);
    step += updatesPerCall();
    agent.beforeUpdateReturns(step);
    double loss = FakeParameters.sum(batch);
    if (step >= agent.nanStep() && !recovered) {
      leave();
      throw new NonFiniteLossException(step, Double.NaN);
    }
    value = 0.5f * value + (float) loss;
    leave();
    List<Firing> firings = new ArrayList<>(agent.firings(step, List.copyOf(seen)));
    asked.forEach(name -> firings.add(new Firing(name, "by-hand", step, 1, 0, 0)));
    asked.clear();
    return new UpdateReport(step, 0, loss, value, firings); // it has no target network
  }

  @Override
  public void observe(List<Measurement> measurements) {
    enter();
    seen.addAll(measurements);
    leave();
  }

  @Override
  public void fire(String intervention) {
    enter();
    asked.add(intervention);
    leave();
  }

  @Override
  public ParameterSnapshot snapshot() {
    enter();
    ParameterSnapshot snapshot = FakeParameters.snapshot(step, value);
    leave();
    return snapshot;
  }

  @Override
  public AgentSnapshot agentSnapshot() {
    enter();
    AgentSnapshot snapshot = FakeParameters.agent(step, value);
    leave();
    return snapshot;
  }

  /** The fake diverges once: from now on it does not. */
  @Override
  public void recover(Recovery recovery) {
    recovered = true;
  }

  @Override
  public SavedState save(Path folder) throws IOException {
    enter();
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(VALUE_FILE), Float.toString(value));
    leave();
    return SavedState.builder().put("step", step).build();
  }

  @Override
  public void restore(Path folder, SavedState state) throws IOException {
    enter();
    try {
      step = state.integer("step");
      value = Float.parseFloat(Files.readString(folder.resolve(VALUE_FILE)));
    } finally {
      leave();
    }
  }
}
