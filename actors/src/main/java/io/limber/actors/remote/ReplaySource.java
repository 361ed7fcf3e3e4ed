package io.limber.actors.remote;

import io.limber.actors.checkpoint.ResumePoint;
import io.limber.core.state.SavedState;
import java.nio.file.Path;
import java.util.List;

/**
 * What a table elsewhere begins with. Immutable.
 *
 * @param step of the learner when it was saved
 * @param state of the table, without its rows
 * @param rows files of them, oldest first
 * @param handedOver by the node that had the table before; else of a checkpoint
 */
record ReplaySource(long step, SavedState state, List<Path> rows, boolean handedOver) {

  ReplaySource {
    rows = List.copyOf(rows);
  }

  static ReplaySource of(ResumePoint point) {
    return new ReplaySource(point.step(), point.replay(), point.rows(), false);
  }

  /** Transitions drawn until it was saved. */
  long sampled() {
    return state.integer("sampled");
  }

  /** For people. */
  String name() {
    return handedOver ? "what the node before handed over" : "the checkpoint at step " + step;
  }
}
