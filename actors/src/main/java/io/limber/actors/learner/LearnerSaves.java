package io.limber.actors.learner;

/**
 * When the learner is to save itself for a checkpoint: when it has passed a multiple of the period,
 * and at the end; one checkpoint at a time. Not thread-safe: one owner.
 */
final class LearnerSaves {

  private final long period;
  private long last;
  private boolean active;
  private boolean again;

  /**
   * @param period learner updates; 0 for no checkpoints
   */
  LearnerSaves(long period) {
    this.period = period;
  }

  /** A run goes on at this step, where it was saved. */
  void resumed(long step) {
    last = step;
  }

  /** Whether the learner should save itself at {@code step}, while training goes on. */
  boolean due(long step) {
    return period > 0 && !active && step > last && (again || step / period > last / period);
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

  /** The checkpoint is on the disk, or given up. */
  void end() {
    active = false;
  }

  /** One that was given up should be tried again at the next step. */
  void tryAgain() {
    again = true;
  }
}
