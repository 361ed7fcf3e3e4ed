package io.limber.core.env;

import io.limber.core.env.ObservationSpace.ElementType;
import io.limber.core.random.SeededRandom;
import io.limber.core.state.SavedState;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A sound little task whose parts tests override to break one rule each: observations are two
 * random floats, the reward is the action, an episode terminates after {@link #LENGTH} steps.
 */
class FakeEnvironment implements Environment {

  static final int LENGTH = 5;

  SeededRandom random;
  long seed;
  int stepsLeft;
  int closed;

  @Override
  public ObservationSpace observationSpace() {
    return new ObservationSpace(List.of(2), ElementType.FLOAT32);
  }

  @Override
  public ActionSpace actionSpace() {
    return new ActionSpace(3);
  }

  @Override
  public void reset(long seed, ByteBuffer observation) {
    this.seed = seed;
    random = new SeededRandom(seed);
    reset(observation);
  }

  @Override
  public void reset(ByteBuffer observation) {
    if (random == null) {
      throw new IllegalStateException("reset it with a seed first");
    }
    stepsLeft = LENGTH;
    observe(observation);
  }

  @Override
  public Step step(int action, ByteBuffer observation) {
    checkAction(action);
    checkRunning();
    stepsLeft--;
    observe(observation);
    return new Step(reward(action), stepsLeft == 0, false);
  }

  @Override
  public Optional<SavedState> save() {
    return Optional.of(
        SavedState.builder().put("random", random.state()).put("steps-left", stepsLeft).build());
  }

  @Override
  public void restore(SavedState state) {
    random = new SeededRandom(state.integer("random"));
    stepsLeft = (int) state.integer("steps-left");
  }

  @Override
  public void close() {
    closed++;
  }

  void checkAction(int action) {
    actionSpace().check(action);
  }

  void checkRunning() {
    if (stepsLeft == 0) {
      throw new IllegalStateException("the episode is over");
    }
  }

  double reward(int action) {
    return action;
  }

  void observe(ByteBuffer observation) {
    observation.putFloat(random.nextFloat()).putFloat(random.nextFloat());
  }
}
