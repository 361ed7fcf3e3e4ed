package io.limber.actors.remote;

import io.limber.actors.replay.ReplayActor;
import io.limber.core.checkpoint.CheckpointFile;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.checkpoint.Segment;
import io.limber.core.state.SavedState;
import io.limber.protos.MalformedDataException;
import io.limber.protos.StateCodec;
import io.limber.protos.wire.ReplayContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Saves of a table elsewhere, whose node writes the rows into the run's folder itself. Not
 * thread-safe: one owner.
 */
final class RemoteSaves {

  private final Executor blocking;
  private final Map<Long, ReplayActor.Save> pending = new LinkedHashMap<>();
  private long written;

  /**
   * @param blocking for looks at the disk
   */
  RemoteSaves(Executor blocking) {
    this.blocking = blocking;
  }

  /**
   * There is a table.
   *
   * @param inSegments rows below this are in segments already; 0 where a table has taken the place
   *     of one that is gone: segments may hold rows of that, so all are written anew
   */
  void begin(long inSegments) {
    written = inSegments;
  }

  /** Whether nothing is being saved. */
  boolean isIdle() {
    return pending.isEmpty();
  }

  /** Returns what to ask. */
  ReplayContent add(ReplayActor.Save save) {
    pending.put(save.step(), save);
    return new ReplayContent.Save(
        save.step(), Math.min(save.from(), written), save.folder().path().toString());
  }

  void take(ReplayContent.Saved saved) throws MalformedDataException {
    ReplayActor.Save save = pending.get(saved.step());
    SavedState state = state(saved.state());
    if (save != null) {
      save.replyTo().tell(new ReplayActor.Saved(saved.step(), state, saved.inserted()));
    }
  }

  void take(ReplayContent.RowsWritten rows) throws MalformedDataException {
    ReplayActor.Save save = pending.get(rows.step());
    if (save == null) {
      return;
    }
    if (!rows.failure().isEmpty()) {
      fail(save, rows.failure());
    } else if (rows.path().isEmpty()) {
      save.replyTo()
          .tell(new ReplayActor.RowsWritten(save.step(), Optional.empty(), Optional.empty()));
    } else {
      Segment segment = segment(rows);
      written = Math.max(written, segment.end());
      blocking.execute(() -> confirm(save, segment));
    }
    pending.remove(rows.step());
  }

  /** The table is gone, and with it all that was asked of it. */
  void failAll(String reason) {
    pending.values().forEach(save -> fail(save, reason));
    pending.clear();
  }

  static void fail(ReplayActor.Save save, String reason) {
    save.replyTo()
        .tell(new ReplayActor.RowsWritten(save.step(), Optional.empty(), Optional.of(reason)));
  }

  /** What was written. */
  static Segment segment(ReplayContent.RowsWritten rows) throws MalformedDataException {
    try {
      CheckpointFile file = new CheckpointFile(rows.path(), rows.bytes(), rows.sha256());
      return new Segment(file, rows.first(), rows.end());
    } catch (IllegalArgumentException e) {
      throw new MalformedDataException("no segment of rows: " + e.getMessage(), e);
    }
  }

  /** A folder of the same name on another disk would make a checkpoint without its rows. */
  private static void confirm(ReplayActor.Save save, Segment segment) {
    CheckpointFolder folder = save.folder();
    Path file = folder.path().resolve(segment.file().path());
    try {
      if (Files.size(file) == segment.file().bytes()) {
        save.replyTo()
            .tell(new ReplayActor.RowsWritten(save.step(), Optional.of(segment), Optional.empty()));
        return;
      }
    } catch (IOException e) {
      // said below
    }
    fail(
        save,
        "the replay node has written "
            + file
            + ", which is not here in full: the run's folder must be the same on both");
  }

  /** A state as a message has it. */
  static ByteBuffer bytes(SavedState state) {
    return ByteBuffer.wrap(StateCodec.encode(state)).asReadOnlyBuffer();
  }

  /** The other way round; the position of {@code bytes} stays. */
  static SavedState state(ByteBuffer bytes) throws MalformedDataException {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return StateCodec.decode(copy);
  }
}
