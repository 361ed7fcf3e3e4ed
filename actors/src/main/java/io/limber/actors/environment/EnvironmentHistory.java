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
  private RandomStreams own;
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
    own = random.child(name);
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
    if (worker != null) {
      return resumed();
    }
    return starts == 1 ? own : own.child("restart-" + restarts());
  }

  private RandomStreams resumed() {
    return own.child("resumed-at-" + steps);
  }

  /**
   * What the actor goes on from.
   *
   * @param worker state of environments and exploration
   * @param reported step at which it last reported
   */
  SavedState save(SavedState worker, long reported) {
    return SavedState.builder()
        .put(EnvironmentState.STARTS, starts)
        .put(EnvironmentState.STEPS, steps)
        .put(EnvironmentState.EPISODES, episodes)
        .put(EnvironmentState.REPORTED_STEP, reported)
        .put(EnvironmentState.WORKER, worker)
        .build();
  }

  /**
   * Goes on from what {@link #save} or {@link EnvironmentState#after} gave, with the next start,
   * which does not count as one.
   */
  void restore(SavedState state) {
    starts = (int) state.integer(EnvironmentState.STARTS) - 1;
    steps = EnvironmentState.steps(state);
    episodes = state.integer(EnvironmentState.EPISODES);
    reportedStep = state.integer(EnvironmentState.REPORTED_STEP);
    if (EnvironmentState.isWhole(state)) {
      worker = state.part(EnvironmentState.WORKER);
    } else {
      own = resumed(); // for good: how often it was restarted before is not known
    }
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
      exploration = new EpsilonGreedy(settings, actions, own.stream("exploration"), steps);
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
