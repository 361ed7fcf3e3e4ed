package io.limber.actors.environment;

import io.limber.core.agent.EpsilonGreedy;
import io.limber.core.agent.ExplorationSettings;
import io.limber.core.env.EpisodeStatistics;
import io.limber.core.random.RandomStreams;
import io.limber.core.state.SavedState;
import java.util.Optional;

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
  private long reportedStep;
  private SavedState worker; // to be restored by the next start; null if there is none

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

  /**
   * Streams of the environments of this start: neither a restart nor an environment that could not
   * be saved repeats the old episodes.
   */
  RandomStreams streams() {
    RandomStreams own = random.child(name);
    if (worker != null) {
      return own.child("resumed-at-" + steps);
    }
    return starts == 1 ? own : own.child("restart-" + restarts());
  }

  /**
   * What the actor goes on from.
   *
   * @param worker state of environments and exploration
   * @param reported step at which it last reported
   */
  SavedState save(SavedState worker, long reported) {
    return SavedState.builder()
        .put("starts", starts)
        .put("steps", steps)
        .put("episodes", episodes)
        .put("reported-step", reported)
        .put("worker", worker)
        .build();
  }

  /** Goes on from what {@link #save} gave, with the next start, which does not count as one. */
  void restore(SavedState state) {
    starts = (int) state.integer("starts") - 1;
    steps = state.integer("steps");
    episodes = state.integer("episodes");
    reportedStep = state.integer("reported-step");
    worker = state.part("worker");
  }

  /** Where a resumed actor last reported; once, then 0. */
  long takeReportedStep() {
    long taken = reportedStep;
    reportedStep = 0;
    return taken;
  }

  /** What a new worker goes on from, if anything; kept until {@link #restored}. */
  Optional<SavedState> worker() {
    return Optional.ofNullable(worker);
  }

  void restored() {
    worker = null;
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
