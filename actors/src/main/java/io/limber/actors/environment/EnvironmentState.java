package io.limber.actors.environment;

import io.limber.core.state.SavedState;

/** What a checkpoint keeps of an environment actor, with its environments or without. */
public final class EnvironmentState {

  static final String STARTS = "starts";
  static final String STEPS = "steps";
  static final String EPISODES = "episodes";
  static final String REPORTED_STEP = "reported-step";
  static final String WORKER = "worker";

  private EnvironmentState() {}

  /**
   * Of an actor of which no more is known than how far it was: its environments begin anew, on
   * random streams of their own, and exploration goes on where it was.
   *
   * @param steps environment steps that it has done
   */
  public static SavedState after(long steps) {
    return SavedState.builder()
        .put(STARTS, 1)
        .put(STEPS, steps)
        .put(EPISODES, 0)
        .put(REPORTED_STEP, 0)
        .build();
  }

  /** Whether it holds the environments and the exploration too. */
  public static boolean isWhole(SavedState state) {
    return state.has(WORKER);
  }

  /** Environment steps that the actor had done, those since its last report left out. */
  public static long steps(SavedState state) {
    return state.integer(STEPS);
  }
}
