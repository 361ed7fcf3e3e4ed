package io.limber.app.batch.remote;

import io.limber.app.batch.Cell;
import io.limber.app.batch.CellState;
import io.limber.app.batch.CellStatus;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cells that wait for a node; those that come back go first. One owner. */
final class Queued {

  private final Deque<Cell> waiting = new ArrayDeque<>();
  private final Map<String, Cell> all = new HashMap<>();

  Queued(List<CellStatus> statuses) {
    for (CellStatus status : statuses) {
      all.put(status.cell().key(), status.cell());
      if (status.state() == CellState.WAITING) {
        waiting.add(status.cell());
      }
    }
  }

  boolean hasNext() {
    return !waiting.isEmpty();
  }

  Cell next() {
    return waiting.remove();
  }

  void again(Cell cell) {
    waiting.addFirst(cell);
  }

  Cell cell(String key) {
    return all.get(key);
  }

  /** As a message has it; what a newer node calls otherwise counts as failed. */
  static CellState state(String text) {
    return Arrays.stream(CellState.values())
        .filter(state -> state.toString().equals(text))
        .findFirst()
        .orElse(CellState.FAILED);
  }
}
