package io.limber.actors.probe;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which probe wants a snapshot at which learner step: each at step 0, with which later values are
 * compared, at the multiples of its period, and at steps of its own. Immutable.
 *
 * @param periods learner updates between two snapshots, by probe; positive
 * @param steps learner steps at which a snapshot is wanted besides, by probe; none negative
 */
public record ProbeSchedule(Map<String, Long> periods, Map<String, Set<Long>> steps) {

  /** No probes. */
  public static final ProbeSchedule NONE = new ProbeSchedule(Map.of(), Map.of());

  public ProbeSchedule {
    periods.forEach(
        (name, period) -> {
          if (period < 1) {
            throw new IllegalArgumentException(name + " = " + period + " must be at least 1");
          }
        });
    SortedMap<String, Set<Long>> sorted = new TreeMap<>();
    steps.forEach((name, at) -> sorted.put(name, Set.copyOf(at)));
    periods = Collections.unmodifiableSortedMap(new TreeMap<>(periods));
    steps = Collections.unmodifiableSortedMap(sorted);
  }

  /** Periods alone. */
  public static ProbeSchedule every(Map<String, Long> periods) {
    return new ProbeSchedule(periods, Map.of());
  }

  /** Probes due at {@code step}, by name. */
  public List<String> due(long step) {
    return names().stream().filter(probe -> isDue(probe, step)).toList();
  }

  /** Whether any probe is due at {@code step}. */
  public boolean anyDue(long step) {
    return !due(step).isEmpty();
  }

  private boolean isDue(String probe, long step) {
    Long period = periods.get(probe);
    return step == 0
        || (period != null && step % period == 0)
        || steps.getOrDefault(probe, Set.of()).contains(step);
  }

  public boolean isEmpty() {
    return periods.isEmpty() && steps.isEmpty();
  }

  /** Names of the probes, sorted. */
  public List<String> names() {
    SortedSet<String> names = new TreeSet<>(periods.keySet());
    names.addAll(steps.keySet());
    return List.copyOf(names);
  }
}
