package io.limber.testkit;

import io.limber.core.env.ActionSpace;
import io.limber.core.env.Environment;
import io.limber.core.env.ObservationSpace;
import io.limber.core.env.Step;
import io.limber.core.random.SeededRandom;
import io.limber.core.state.SavedState;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** One random byte per state; the reward is 1 for the action that is the byte modulo 3. */
public final class FakeEnvironment implements Environment {

  public static final int ACTIONS = 3;

  private static final int EPISODE_STEPS = 7;

  private final IntConsumer beforeStep;
  private SeededRandom random;
  private byte state;
  private int episodeSteps;
  private int steps;

  public FakeEnvironment() {
    this(step -> {});
  }

  /**
   * @param beforeStep is told how many steps were done before; may throw
   */
  public FakeEnvironment(IntConsumer beforeStep) {
    this.beforeStep = beforeStep;
  }

  @Override
  public ObservationSpace observationSpace() {
    return new ObservationSpace(List.of(1), ObservationSpace.ElementType.UINT8);
  }

  @Override
  public ActionSpace actionSpace() {
    return new ActionSpace(ACTIONS);
  }

  @Override
  public void reset(long seed, ByteBuffer observation) {
    random = new SeededRandom(seed);
    reset(observation);
  }

  @Override
  public void reset(ByteBuffer observation) {
    episodeSteps = 0;
    next(observation);
  }

  @Override
  public Step step(int action, ByteBuffer observation) {
    if (!actionSpace().contains(action)) {
      throw new IllegalArgumentException("action = " + action);
    }
    beforeStep.accept(steps++);
    double reward = action == (state & 0xff) % ACTIONS ? 1 : 0;
    episodeSteps++;
    next(observation);
    return new Step(reward, false, episodeSteps == EPISODE_STEPS);
  }

  @Override
  public Optional<SavedState> save() {
    return Optional.of(
        SavedState.builder()
            .put("random", random.state())
            .put("state", state)
            .put("episode-steps", episodeSteps)
            .build());
  }

  @Override
  public void restore(SavedState saved) {
    random = new SeededRandom(saved.integer("random"));
    state = (byte) saved.integer("state");
    episodeSteps = (int) saved.integer("episode-steps");
  }

  private void next(ByteBuffer observation) {
    state = (byte) random.nextInt(256);
    observation.put(state);
  }
}
