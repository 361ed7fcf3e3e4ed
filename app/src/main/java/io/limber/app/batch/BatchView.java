package io.limber.app.batch;

import java.util.List;

/** Looks on while cells run. Called by one thread at a time, though not always the same. */
public interface BatchView extends AutoCloseable {

  /**
   * Something changed.
   *
   * @param changed the cell that did, as it is now
   * @param all every cell, in order
   */
  void show(CellStatus changed, List<CellStatus> all);

  /** Leaves the display in order. */
  @Override
  void close();
}
