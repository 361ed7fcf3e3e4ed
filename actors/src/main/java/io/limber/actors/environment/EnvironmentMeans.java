package io.limber.actors.environment;

import io.limber.actors.resource.Resources;
import io.limber.core.agent.EpsilonGreedy;
import io.limber.core.agent.ExplorationSettings;
import io.limber.core.agent.Policy;
import io.limber.core.env.Environment;
import io.limber.core.env.EnvironmentFactory;
import io.limber.core.env.VectorEnvironment;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.state.SavedState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an environment actor works with.
 *
 * @param name of the actor, and so of its random streams
 * @param policies makes a policy, on the native dispatcher
 * @param perActor environments stepped together
 * @param random streams of the run
 * @param spec sizes of a transition
 * @param saved what the actor goes on from; empty at the begin of a run
 */
public record EnvironmentMeans(
    String name,
    Supplier<Policy> policies,
    EnvironmentFactory environments,
    ExplorationSettings exploration,
    int perActor,
    RandomStreams random,
    TransitionSpec spec,
    Resources resources,
    Optional<SavedState> saved) {

  /** Of an actor that begins anew. */
  public EnvironmentMeans(
      String name,
      Supplier<Policy> policies,
      EnvironmentFactory environments,
      ExplorationSettings exploration,
      int perActor,
      RandomStreams random,
      TransitionSpec spec,
      Resources resources) {
    this(
        name,
        policies,
        environments,
        exploration,
        perActor,
        random,
        spec,
        resources,
        Optional.empty());
  }

  EnvironmentHistory history() {
    EnvironmentHistory history = new EnvironmentHistory(exploration, random, name);
    saved.ifPresent(history::restore);
    return history;
  }

  /** Makes everything for one start of the actor; called on the native dispatcher. */
  EnvironmentWorker open(EnvironmentHistory history) {
    VectorEnvironment vector = vector(environments, perActor, random, history.streams());
    try {
      int actions = vector.actionSpace().actions();
      EpsilonGreedy exploration = history.exploration(actions);
      history.worker().ifPresent(state -> EnvironmentWorker.restore(state, vector, exploration));
      EnvironmentWorker worker = new EnvironmentWorker(vector, policies.get(), exploration);
      history.restored();
      return worker;
    } catch (RuntimeException | Error e) {
      vector.close();
      throw e;
    }
  }

  /**
   * A vector of new environments.
   *
   * @param random streams of the run, which all its environments share
   * @param episodes streams of this vector's episodes
   */
  public static VectorEnvironment vector(
      EnvironmentFactory factory, int size, RandomStreams random, RandomStreams episodes) {
    List<Environment> made = new ArrayList<>();
    try {
      for (int i = 0; i < size; i++) {
        made.add(factory.create(random));
      }
      return new VectorEnvironment(made, episodes);
    } catch (RuntimeException | Error e) {
      made.forEach(Environment::close);
      throw e;
    }
  }
}
