package io.limber.app.batch;

import io.limber.app.console.ProgressView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The newest status of every cell. Thread-safe; tells its view about every change. */
public final class Board {

  private final Map<String, CellStatus> statuses = new LinkedHashMap<>();
  private final BatchView view;

  /** All cells wait. */
  public Board(List<Cell> cells, BatchView view) {
    cells.forEach(cell -> statuses.put(cell.key(), CellStatus.waiting(cell)));
    this.view = view;
  }

  /** Every cell's, in order. */
  public synchronized List<CellStatus> all() {
    return new ArrayList<>(statuses.values());
  }

  /** Replaces the status of its cell. */
  public synchronized void set(CellStatus status) {
    statuses.put(status.cell().key(), status);
    view.show(status, all());
  }

  /** Follows a running cell. */
  ProgressView progressOf(Cell cell, String node, String device) {
    return new ProgressView() {
      @Override
      public void update(long done, String details) {
        set(new CellStatus(cell, CellState.RUNNING, done, Optional.of(node), details, device));
      }

      @Override
      public void close() {
        // how it ended is told by the batch
      }
    };
  }
}
