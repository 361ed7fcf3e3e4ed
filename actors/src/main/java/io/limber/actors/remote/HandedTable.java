package io.limber.actors.remote;

import io.limber.actors.replay.ReplayActor;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.checkpoint.Segment;
import io.limber.core.state.SavedState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A table that its node has handed over and that no other has yet. Immutable.
 *
 * @param step of the learner by then
 * @param state of the table, without its rows
 * @param inserted transitions inserted by then
 * @param rows all of them; empty if it had none
 * @param folder that they are in
 */
record HandedTable(
    long step, SavedState state, long inserted, Optional<Segment> rows, CheckpointFolder folder) {

  /** For the next node. */
  ReplaySource source() {
    return new ReplaySource(
        step,
        state,
        rows.map(segment -> List.of(folder.path().resolve(segment.file().path())))
            .orElse(List.of()),
        true);
  }

  /** Why it is of no use any more; empty if it is whole. Reads every byte. */
  Optional<String> problem() {
    return rows.flatMap(segment -> segment.file().problemIn(folder.path()));
  }

  /** Answers as the table would. Blocks. */
  void answer(ReplayActor.Save save) {
    save.replyTo().tell(new ReplayActor.Saved(save.step(), state, inserted));
    Optional<Segment> adopted = Optional.empty();
    try {
      if (rows.isPresent()) {
        adopted = Optional.of(save.folder().adopt(rows.get(), folder));
      }
      save.replyTo().tell(new ReplayActor.RowsWritten(save.step(), adopted, Optional.empty()));
    } catch (IOException e) {
      RemoteSaves.fail(save, "rows that were handed over cannot be kept: " + e);
    }
  }
}
