package io.limber.actors.environment;

import io.limber.core.agent.EpsilonGreedy;
import io.limber.core.agent.ExplorationSettings;
import io.limber.core.env.EpisodeStatistics;
import io.limber.core.random.RandomStreams;

/**
 * What of an environment actor outlives its failures: exploration goes on where it was, and counts
 * are of the whole run. Used by one incarnation at a time.
 */
final class EnvironmentHistory {

  private final ExplorationSettings settings;
  private final RandomStreams random;
  private final String name;
  private EpsilonGreedy exploration;
  private int starts;
  private long steps;
  private long episodes;

  /**
   * @param random streams of the run
   * @param name of the actor, and so of its streams
   */
  EnvironmentHistory(ExplorationSettings settings, RandomStreams random, String name) {
    this.settings = settings;
    this.random = random;
    this.name = name;
  }

  /** Counts one more start of the actor; 1 is the first. */
  int start() {
    return ++starts;
  }

  /** How often the actor was started anew after a failure. */
  int restarts() {
    return starts - 1;
  }

  /** Streams of the environments of this start: a restart does not repeat the old episodes. */
  RandomStreams streams() {
    RandomStreams own = random.child(name);
    return starts == 1 ? own : own.child("restart-" + restarts());
  }

  EpsilonGreedy exploration(int actions) {
    if (exploration == null) {
      exploration = new EpsilonGreedy(settings, actions, random.child(name).stream("exploration"));
    }
    return exploration;
  }

  void add(EpisodeStatistics statistics) {
    steps += statistics.steps();
    episodes += statistics.episodes();
  }

  long steps() {
    return steps;
  }

  long episodes() {
    return episodes;
  }
}
