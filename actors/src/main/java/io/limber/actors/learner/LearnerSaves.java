package io.limber.actors.learner;

import akka.actor.typed.ActorRef;
import io.limber.core.agent.Learner;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.state.SavedState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * When and how the learner saves itself for a checkpoint: when it has passed a multiple of the
 * period, and at the end; one checkpoint at a time. Not thread-safe but for {@link #stage}: one
 * owner.
 */
final class LearnerSaves {

  /**
   * A learner that is saved.
   *
   * @param folder of the checkpoint to be
   * @param learner its own state
   * @param startNanos when it stopped learning for it
   */
  record Staged(long step, Path folder, SavedState learner, long startNanos) {}

  private final long period;
  private final CheckpointFolder folder;
  private final Consumer<LearnerSave.Event> checkpointer;
  private final ActorRef<LearnerSave.Reply> replies;
  private long last;
  private boolean active;
  private boolean again;

  /**
   * @param period learner updates; 0 for no checkpoints
   * @param folder of the run's checkpoints
   * @param checkpointer hears of saves
   * @param replies take its answers, for {@link #heard}
   */
  LearnerSaves(
      long period,
      CheckpointFolder folder,
      Consumer<LearnerSave.Event> checkpointer,
      ActorRef<LearnerSave.Reply> replies) {
    this.period = period;
    this.folder = folder;
    this.checkpointer = checkpointer;
    this.replies = replies;
  }

  /** A run goes on at this step, where it was saved. */
  void resumed(long step) {
    last = step;
  }

  /** Whether the learner should save itself at {@code step}, while training goes on. */
  boolean due(long step) {
    return period > 0 && !active && step > last && (again || step / period > last / period);
  }

  /**
   * Whether a checkpoint belongs to {@code step} that cannot begin yet, since the one before is
   * still being written.
   */
  boolean blocked(long step) {
    return period > 0 && active && step / period > last / period;
  }

  /** Whether it should do so because the run ends here. */
  boolean dueAtEnd(long step) {
    return period > 0 && !active && step > last;
  }

  /** A checkpoint is under way. */
  boolean active() {
    return active;
  }

  void begin(long step) {
    last = step;
    active = true;
    again = false;
  }

  /**
   * Saves the learner where a checkpoint is to be; on the thread that the learner is used by.
   *
   * @param startNanos when the learner stopped learning for it
   * @throws UncheckedIOException if it cannot be written; nothing is left of it
   */
  Staged stage(Learner learner, long startNanos) {
    long step = learner.step();
    try {
      Path staging = folder.stage(step);
      try {
        SavedState state = learner.save(staging.resolve(LearnerSave.FOLDER));
        return new Staged(step, staging, state, startNanos);
      } catch (IOException e) {
        folder.discard(staging); // a full disk gets its room back
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The rest of the checkpoint may follow.
   *
   * @param state of learner and actor
   * @param stopping the run stops at this step, whatever probes still measure
   */
  void staged(Staged staged, SavedState state, boolean stopping) {
    checkpointer.accept(
        new LearnerSave.Begun(
            staged.step(), staged.folder(), state, stopping, staged.startNanos(), replies));
  }

  void failed(long step, String reason) {
    checkpointer.accept(
        new LearnerSave.Failed(step, "the learner could not be saved: " + reason, replies));
  }

  void heard(LearnerSave.Reply reply) {
    if (reply instanceof LearnerSave.Ended) {
      active = false;
    } else if (reply instanceof LearnerSave.TryAgain) {
      tryAgain();
    }
  }

  /** A checkpoint is wanted at the next step, whatever the period says. */
  void tryAgain() {
    again = true;
  }
}
