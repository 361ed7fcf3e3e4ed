package io.limber.actors.probe;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which probe wants a snapshot at which learner step: each at step 0, with which later values are
 * compared, and at the multiples of its period. Immutable.
 *
 * @param periods learner updates between two snapshots, by probe; positive
 */
public record ProbeSchedule(Map<String, Long> periods) {

  /** No probes. */
  public static final ProbeSchedule NONE = new ProbeSchedule(Map.of());

  public ProbeSchedule {
    SortedMap<String, Long> sorted = new TreeMap<>(periods);
    periods.forEach(
        (name, period) -> {
          if (period < 1) {
            throw new IllegalArgumentException(name + " = " + period + " must be at least 1");
          }
        });
    periods = java.util.Collections.unmodifiableSortedMap(sorted);
  }

  /** Probes due at {@code step}, by name. */
  public List<String> due(long step) {
    return periods.entrySet().stream()
        .filter(probe -> step % probe.getValue() == 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether any probe is due at {@code step}. */
  public boolean anyDue(long step) {
    for (long period : periods.values()) {
      if (step % period == 0) {
        return true;
      }
    }
    return false;
  }

  public boolean isEmpty() {
    return periods.isEmpty();
  }

  /** Names of the probes, sorted. */
  public List<String> names() {
    return List.copyOf(periods.keySet());
  }
}
