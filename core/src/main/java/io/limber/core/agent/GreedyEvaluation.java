package io.limber.core.agent;

import io.limber.core.env.EpisodeStatistics;
import io.limber.core.env.VectorEnvironment;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** How well a policy does without exploration. */
public final class GreedyEvaluation {

  private GreedyEvaluation() {}

  /**
   * Mean reward per environment step of the greedy policy, going on from the current observations.
   * Drains the environments' statistics.
   *
   * @param policy with parameters loaded
   * @param environments stepped together, so the steps are rounded up to a multiple of their number
   * @param steps environment steps of all environments together, at least 1
   * @param cancelled looked at before each step; may change on another thread
   * @throws CancellationException if it was
   */
  public static double meanReward(
      Policy policy, VectorEnvironment environments, int steps, BooleanSupplier cancelled) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps = " + steps + " must be at least 1");
    }
    int size = environments.size();
    int[] actions = new int[size];
    Transitions unused =
        new Transitions(new TransitionSpec(environments.observationSpace().bytes()), size);
    environments.drainStatistics();
    for (long done = 0; done < steps; done += size) {
      if (cancelled.getAsBoolean()) {
        throw new CancellationException("cancelled after " + done + " of " + steps + " steps");
      }
      policy.act(environments.observations(), size, actions);
      unused.setSize(0);
      environments.step(actions, unused);
    }
    EpisodeStatistics statistics = environments.drainStatistics();
    return statistics.rewardSum() / statistics.steps();
  }
}
