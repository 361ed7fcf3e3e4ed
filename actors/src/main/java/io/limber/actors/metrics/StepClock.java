package io.limber.actors.metrics;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The learner's step, for whoever puts it on a wall-clock report. The learner actor alone sets it;
 * nobody decides anything by it, because when it is read is a matter of chance. Thread-safe.
 */
public final class StepClock {

  private final AtomicLong step = new AtomicLong();

  /** Learner updates done. */
  public long step() {
    return step.get();
  }

  /** For the learner actor alone. */
  public void set(long now) {
    step.set(now);
  }
}
