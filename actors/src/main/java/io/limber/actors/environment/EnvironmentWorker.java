package io.limber.actors.environment;

import io.limber.core.agent.Accuracy;
import io.limber.core.agent.EpsilonGreedy;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.agent.Policy;
import io.limber.core.env.EpisodeStatistics;
import io.limber.core.env.VectorEnvironment;
import io.limber.core.replay.Transitions;
import io.limber.core.state.SavedState;
import java.util.OptionalDouble;

/**
 * A vector of environments and the policy that acts in it. Native: used by one job at a time and
 * closed once.
 */
final class EnvironmentWorker implements AutoCloseable {

  private final VectorEnvironment environments;
  private final Policy policy;
  private final EpsilonGreedy exploration;
  private final int[] actions;

  /** Owns environments and policy from now on. */
  EnvironmentWorker(VectorEnvironment environments, Policy policy, EpsilonGreedy exploration) {
    this.environments = environments;
    this.policy = policy;
    this.exploration = exploration;
    actions = new int[environments.size()];
  }

  /** Acts with these parameters from now on. */
  void load(ParameterSnapshot newer) {
    policy.load(newer);
  }

  /**
   * Steps all environments once.
   *
   * @param into takes one chunk
   */
  void step(Transitions into) {
    policy.act(environments.observations(), environments.size(), actions);
    exploration.explore(actions, environments.size());
    into.setSize(0);
    environments.step(actions, into);
  }

  /** Environments and exploration. */
  SavedState save() {
    return SavedState.builder()
        .put("vector", environments.save())
        .put("exploration", exploration.save())
        .build();
  }

  /** Lets both go on from what {@link #save} gave. */
  static void restore(SavedState state, VectorEnvironment environments, EpsilonGreedy exploration) {
    environments.restore(state.part("vector"));
    exploration.restore(state.part("exploration"));
  }

  double epsilon() {
    return exploration.epsilon();
  }

  /** Of the loaded parameters, on the images that the task keeps for it, if it does. */
  OptionalDouble accuracy() {
    return environments.examination().stream()
        .mapToDouble(images -> Accuracy.of(policy, images))
        .findFirst();
  }

  /** What happened since the last call. */
  EpisodeStatistics drainStatistics() {
    return environments.drainStatistics();
  }

  @Override
  public void close() {
    try (environments) {
      policy.close();
    }
  }
}
