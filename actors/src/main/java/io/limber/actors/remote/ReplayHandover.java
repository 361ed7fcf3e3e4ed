package io.limber.actors.remote;

import io.limber.actors.replay.ReplayActor;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.protos.MalformedDataException;
import io.limber.protos.wire.ReplayContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's table on its way from a node that leaves to the next one: saved once more, to the last
 * row that was confirmed, into a folder of its own. A checkpoint that is made meanwhile waits until
 * the table is handed over, and then has all of it, whether or not there is a next node by then.
 * Not thread-safe: one owner.
 *
 * <p>Bounds: checkpoints are made one at a time.
 */
final class ReplayHandover {

  private static final Logger log = LoggerFactory.getLogger(ReplayHandover.class);

  private final Optional<CheckpointFolder> folder;
  private final Executor blocking;
  private final List<ReplayActor.Save> held = new ArrayList<>();
  private CompletableFuture<Void> disk = CompletableFuture.completedFuture(null);
  private boolean wanted;
  private boolean asked;
  private ReplayContent.Saved saved; // null until the table has said it
  private Optional<HandedTable> table = Optional.empty();

  /**
   * @param checkpoints where the run's are; empty if it makes none: then nothing is handed over
   * @param blocking for work on the disk, one thing after another
   */
  ReplayHandover(Optional<CheckpointFolder> checkpoints, Executor blocking) {
    folder = checkpoints.map(CheckpointFolder::handover);
    this.blocking = blocking;
  }

  /** The node is about to leave; returns whether there is a folder to hand its table over in. */
  boolean want() {
    wanted = folder.isPresent();
    return wanted;
  }

  /** What to ask of the table when nothing else is being saved; empty if there is no need of it. */
  Optional<ReplayContent> question() {
    if (!wanted || asked || !disk.isDone()) {
      return Optional.empty();
    }
    asked = true;
    String path = folder.orElseThrow().path().toString();
    return Optional.of(new ReplayContent.Save(ReplayContent.HANDOVER, 0, path));
  }

  /** Takes a save, and answers it; returns whether it does: the table itself must be asked else. */
  boolean take(ReplayActor.Save save) {
    if (table.isPresent()) {
      answer(save);
    } else if (wanted) {
      held.add(save);
    }
    return table.isPresent() || wanted;
  }

  /**
   * @throws MalformedDataException if nobody asked for it
   */
  void take(ReplayContent.Saved table) throws MalformedDataException {
    require(asked);
    saved = table;
  }

  /**
   * The rows are on the disk, which is the last of it: the node is not needed any more.
   *
   * @param step of the learner
   * @return why the table could not be handed over; empty if it was
   * @throws MalformedDataException if nobody asked for it
   */
  Optional<String> take(ReplayContent.RowsWritten rows, long step) throws MalformedDataException {
    require(saved != null);
    if (!rows.failure().isEmpty()) {
      return Optional.of(rows.failure());
    }
    table =
        Optional.of(
            new HandedTable(
                step,
                RemoteSaves.state(saved.state()),
                saved.inserted(),
                rows.path().isEmpty() ? Optional.empty() : Optional.of(RemoteSaves.segment(rows)),
                folder.orElseThrow()));
    held.forEach(this::answer);
    begin();
    return Optional.empty();
  }

  private static void require(boolean expected) throws MalformedDataException {
    if (!expected) {
      throw new MalformedDataException("a table is handed over that nobody asked for");
    }
  }

  /** What was handed over and no node has yet. */
  Optional<HandedTable> table() {
    return table;
  }

  /** The node is gone before it has handed over what it was asked for, if it was. */
  void fail(String reason) {
    held.forEach(save -> RemoteSaves.fail(save, reason));
    if (asked) {
      onDisk(this::delete);
    }
    begin();
  }

  /** The table is on the next node, or is of no use. */
  void end() {
    if (table.isPresent()) {
      table = Optional.empty();
      onDisk(this::delete);
    }
  }

  private void begin() {
    held.clear();
    wanted = false;
    asked = false;
    saved = null;
  }

  private void answer(ReplayActor.Save save) {
    HandedTable handed = table.orElseThrow();
    onDisk(() -> handed.answer(save));
  }

  private void onDisk(Runnable task) {
    disk = disk.thenRunAsync(task, blocking);
  }

  private void delete() {
    try {
      folder.orElseThrow().delete();
    } catch (IOException e) {
      log.warn("rows that were handed over cannot be deleted: {}", e.toString());
    }
  }
}
