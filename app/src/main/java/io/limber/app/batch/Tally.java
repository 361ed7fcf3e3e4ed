package io.limber.app.batch;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How many cells are in each state. */
public record Tally(Map<CellState, Long> counts) {

  public static Tally of(List<CellStatus> statuses) {
    Map<CellState, Long> counts = new EnumMap<>(CellState.class);
    for (CellState state : CellState.values()) {
      counts.put(state, statuses.stream().filter(status -> status.state() == state).count());
    }
    return new Tally(counts);
  }

  public long of(CellState state) {
    return counts.get(state);
  }

  /** All states but those of nobody, on one line. */
  public String text() {
    return Arrays.stream(CellState.values())
        .filter(state -> of(state) > 0)
        .map(state -> of(state) + " " + state)
        .collect(Collectors.joining(", "));
  }
}
