package io.limber.actors.checkpoint;

import io.limber.actors.environment.EnvironmentState;
import io.limber.actors.learner.LearnerSave;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.checkpoint.Segment;
import io.limber.core.state.SavedState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A checkpoint that is being gathered. Not thread-safe: one owner. */
final class Draft {

  final LearnerSave.Begun begin;

  private final Map<String, SavedState> environments = new TreeMap<>();
  private final Set<String> awaited;
  private SavedState replay;
  private long inserted;
  private SavedState probes;
  private ParameterSnapshot policy;
  private Long metricsBytes;
  private boolean rowsWritten;
  private Optional<Segment> segment = Optional.empty();

  /**
   * @param environments names of those that will answer
   */
  Draft(LearnerSave.Begun begin, Set<String> environments) {
    this.begin = begin;
    awaited = new HashSet<>(environments);
  }

  void environment(String name, SavedState state) {
    environments.put(name, state);
    awaited.remove(name);
  }

  /** An environment actor was given up: it starts anew when the run is resumed. */
  void without(String environment) {
    awaited.remove(environment);
  }

  void replay(SavedState state, long insertedSoFar) {
    replay = state;
    inserted = insertedSoFar;
  }

  void rows(Optional<Segment> written) {
    rowsWritten = true;
    segment = written;
  }

  void probes(SavedState state) {
    probes = state;
  }

  void policy(ParameterSnapshot snapshot) {
    policy = snapshot;
  }

  void metrics(long bytes) {
    metricsBytes = bytes;
  }

  /** Whether every actor has said what it goes on from. */
  boolean statesTaken() {
    return replay != null && probes != null && policy != null && awaited.isEmpty();
  }

  /** Whether training may go on: nothing more is asked of it. */
  boolean taken() {
    return statesTaken() && metricsBytes != null;
  }

  /** Whether everything is there. */
  boolean whole() {
    return taken() && rowsWritten;
  }

  /** Who has not answered, for people. */
  String missing() {
    List<String> missing = new ArrayList<>(awaited);
    if (replay == null || !rowsWritten) {
      missing.add("replay");
    }
    if (probes == null) {
      missing.add("probes");
    }
    if (policy == null) {
      missing.add("parameters");
    }
    if (metricsBytes == null) {
      missing.add("metrics");
    }
    return String.join(", ", missing);
  }

  /** Names of environments that are only known by how far they were. */
  List<String> begunAnew() {
    return environments.entrySet().stream()
        .filter(saved -> !EnvironmentState.isWhole(saved.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  SavedState actors() {
    SavedState.Builder byName = SavedState.builder();
    environments.forEach(byName::put);
    return SavedState.builder()
        .put(ResumePoint.LEARNER, begin.learner())
        .put(ResumePoint.REPLAY, replay)
        .put(ResumePoint.ENVIRONMENTS, byName.build())
        .put(ResumePoint.PROBES, probes)
        .build();
  }

  ParameterSnapshot policy() {
    return policy;
  }

  long metricsBytes() {
    return metricsBytes;
  }

  long inserted() {
    return inserted;
  }

  Optional<Segment> segment() {
    return segment;
  }
}
