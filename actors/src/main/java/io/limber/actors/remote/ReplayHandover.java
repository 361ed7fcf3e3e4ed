package io.limber.actors.remote;

import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.state.SavedState;
import io.limber.protos.MalformedDataException;
import io.limber.protos.wire.ReplayContent;
import java.nio.file.Path;
import java.util.List;

/**
 * A table on its way from a node that leaves to the next one: saved once more, to the last row that
 * was confirmed. Not thread-safe: one owner.
 */
final class ReplayHandover {

  private final CheckpointFolder folder;
  private SavedState state;

  /**
   * @param folder of the run's checkpoints: takes the rows, until the next checkpoint has them
   */
  ReplayHandover(CheckpointFolder folder) {
    this.folder = folder;
  }

  /** What to ask of the table. */
  ReplayContent question() {
    return new ReplayContent.Save(ReplayContent.HANDOVER, 0, folder.path().toString());
  }

  void take(ReplayContent.Saved saved) throws MalformedDataException {
    state = RemoteSaves.state(saved.state());
  }

  /**
   * The rows are on the disk, which is the last of it.
   *
   * @param step of the learner
   * @throws MalformedDataException if they could not be written; the message tells people why
   */
  ReplaySource take(ReplayContent.RowsWritten rows, long step) throws MalformedDataException {
    if (!rows.failure().isEmpty()) {
      throw new MalformedDataException(rows.failure());
    }
    List<Path> files =
        rows.path().isEmpty() ? List.of() : List.of(folder.path().resolve(rows.path()));
    return new ReplaySource(step, state, files, "what the node before handed over");
  }
}
