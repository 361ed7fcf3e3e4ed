package io.limber.actors.run;

import io.limber.actors.environment.EnvironmentMeans;
import io.limber.core.agent.GreedyEvaluation;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.agent.Policy;
import io.limber.core.env.VectorEnvironment;
import io.limber.core.random.RandomStreams;
import java.util.function.BooleanSupplier;

/** The greedy evaluation at the end of a run, in environments of its own. Native: one owner. */
final class Evaluation implements AutoCloseable {

  private final Policy policy;
  private final VectorEnvironment environments;

  /**
   * @param size environments stepped together
   */
  Evaluation(RunParts parts, int size) {
    policy = parts.agent().createPolicy();
    try {
      RandomStreams random = parts.random();
      environments =
          EnvironmentMeans.vector(parts.environments(), size, random, random.child("evaluation"));
    } catch (RuntimeException | Error e) {
      policy.close();
      throw e;
    }
  }

  /** Mean reward per environment step, unless it is cancelled before the end. */
  double meanReward(ParameterSnapshot parameters, int steps, BooleanSupplier cancelled) {
    policy.load(parameters);
    return GreedyEvaluation.meanReward(policy, environments, steps, cancelled);
  }

  @Override
  public void close() {
    try (environments) {
      policy.close();
    }
  }
}
