package io.limber.core.env;

import io.limber.core.data.LabelledImages;
import io.limber.core.state.SavedState;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;

/**
 * Truncates episodes after a number of steps. A step that terminates at the limit is terminated
 * only.
 */
public final class TimeLimit implements Environment {

  private final Environment environment;
  private final int maxSteps;
  private int stepsLeft; // 0: over or never started

  /**
   * @param environment owned from now on
   * @param maxSteps steps of an episode, at least 1
   */
  public TimeLimit(Environment environment, int maxSteps) {
    if (maxSteps < 1) {
      throw new IllegalArgumentException("maxSteps = " + maxSteps + " must be at least 1");
    }
    this.environment = Objects.requireNonNull(environment);
    this.maxSteps = maxSteps;
  }

  @Override
  public ObservationSpace observationSpace() {
    return environment.observationSpace();
  }

  @Override
  public ActionSpace actionSpace() {
    return environment.actionSpace();
  }

  @Override
  public void reset(long seed, ByteBuffer observation) {
    environment.reset(seed, observation);
    stepsLeft = maxSteps;
  }

  @Override
  public void reset(ByteBuffer observation) {
    environment.reset(observation);
    stepsLeft = maxSteps;
  }

  @Override
  public Step step(int action, ByteBuffer observation) {
    if (stepsLeft == 0) {
      throw new IllegalStateException("the episode is over or was never started: reset first");
    }
    Step step = environment.step(action, observation);
    stepsLeft--;
    if (step.last()) {
      stepsLeft = 0;
      return step;
    }
    return stepsLeft > 0 ? step : step.cut();
  }

  @Override
  public Optional<LabelledImages> examination() {
    return environment.examination();
  }

  @Override
  public Optional<SavedState> save() {
    return environment
        .save()
        .map(
            inner ->
                SavedState.builder().put("steps-left", stepsLeft).put("limited", inner).build());
  }

  @Override
  public void restore(SavedState state) {
    environment.restore(state.part("limited"));
    stepsLeft = (int) Math.max(0, Math.min(maxSteps, state.integer("steps-left")));
  }

  @Override
  public void close() {
    environment.close();
  }
}
