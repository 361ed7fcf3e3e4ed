package io.limber.core.agent;

import io.limber.core.random.SeededRandom;
import io.limber.core.state.SavedState;

/**
 * Makes some greedy actions random: each, independently, with probability epsilon, and then uniform
 * over all actions, the greedy one included. Epsilon falls with the steps counted here. Not
 * thread-safe: one owner.
 */
public final class EpsilonGreedy {

  private final ExplorationSettings settings;
  private final int actions;
  private SeededRandom random;
  private long steps;

  /**
   * @param actions number of actions to choose from, at least 1
   * @param random owned from now on
   */
  public EpsilonGreedy(ExplorationSettings settings, int actions, SeededRandom random) {
    this(settings, actions, random, 0);
  }

  /**
   * One that goes on for another.
   *
   * @param steps environment steps that were counted there
   */
  public EpsilonGreedy(ExplorationSettings settings, int actions, SeededRandom random, long steps) {
    if (actions < 1) {
      throw new IllegalArgumentException("actions = " + actions + " must be at least 1");
    }
    this.settings = settings;
    this.actions = actions;
    this.random = random;
    this.steps = steps;
  }

  /**
   * Replaces some of the first {@code count} actions in place and counts {@code count} environment
   * steps; all of them see the epsilon from before the call.
   */
  public void explore(int[] actions, int count) {
    double epsilon = epsilon();
    for (int i = 0; i < count; i++) {
      if (random.nextDouble() < epsilon) {
        actions[i] = random.nextInt(this.actions);
      }
    }
    steps += count;
  }

  /** What it goes on from. */
  public SavedState save() {
    return SavedState.builder().put("random", random.state()).put("steps", steps).build();
  }

  /** Goes on from what {@link #save} gave. */
  public void restore(SavedState state) {
    random = new SeededRandom(state.integer("random"));
    steps = state.integer("steps");
  }

  /** Probability of a random action in the next step. */
  public double epsilon() {
    return settings.epsilon(steps);
  }
}
