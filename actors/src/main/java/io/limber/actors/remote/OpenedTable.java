package io.limber.actors.remote;

import io.limber.core.replay.ReplayTable;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.state.UnusableStateException;
import io.limber.protos.wire.ToReplayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A run's replay table as its node has made it.
 *
 * @param table closed by whoever holds this
 */
record OpenedTable(HostedReplay hosted, ReplayTable table) {

  /**
   * Makes the table, and fills it with what was saved. Blocks.
   *
   * @throws UnhostableRunException if it cannot be kept here; the message tells people why
   */
  static OpenedTable open(ReplayOpener opener, ToReplayNode.Open open) {
    HostedReplay hosted = opener.open(open.run(), open.config(), open.fingerprint());
    requireSharedFolder(open.folder());
    ReplayTable table =
        ReplayTable.create(
            hosted.replay(), new TransitionSpec(open.observationBytes()), hosted.random());
    try {
      restore(table, open);
      return new OpenedTable(hosted, table);
    } catch (IOException | UnusableStateException e) {
      table.close();
      throw new UnhostableRunException("replay cannot be restored: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      table.close();
      throw e;
    }
  }

  private static void restore(ReplayTable table, ToReplayNode.Open open) throws IOException {
    if (open.state().hasRemaining()) {
      table.restore(RemoteSaves.state(open.state()), open.files().stream().map(Path::of).toList());
    }
  }

  /** The first checkpoint makes the folder itself; the run's own is there from the start. */
  private static void requireSharedFolder(String checkpoints) {
    if (!checkpoints.isEmpty() && !Files.isDirectory(Path.of(checkpoints).getParent())) {
      throw new UnhostableRunException(
          Path.of(checkpoints).getParent()
              + " is not on this machine: the node with a run's replay writes its part of the"
              + " checkpoints there, so the folder must be shared; or set limber.checkpoint.period"
              + " = 0");
    }
  }
}
