package io.limber.core.intervention;

import io.limber.core.metrics.Measurement;
import io.limber.core.state.SavedState;
import java.util.List;

/** Follows a run for one {@link Trigger}. Not thread-safe: one owner. */
public final class Watch {

  private final Trigger trigger;
  private final long targetUpdatePeriod;
  private boolean passed;
  private boolean crossed;

  /**
   * @param targetUpdatePeriod learner updates between two synchronisations of the target network
   */
  public Watch(Trigger trigger, long targetUpdatePeriod) {
    this.trigger = trigger;
    this.targetUpdatePeriod = targetUpdatePeriod;
  }

  /** Takes in what a probe measured; a value that is NaN passes no threshold. */
  public void observe(List<Measurement> measurements) {
    if (!(trigger instanceof Trigger.Crossing crossing)) {
      return;
    }
    for (Measurement one : measurements) {
      if (one.metric() == crossing.metric()) {
        boolean now = crossing.isPassedBy(one.value());
        crossed |= now && !passed;
        passed = now;
      }
    }
  }

  /** What it goes on from. */
  public SavedState state() {
    return SavedState.builder().put("passed", passed).put("crossed", crossed).build();
  }

  /** Goes on from {@link #state}. */
  public void restore(SavedState state) {
    passed = state.flag("passed");
    crossed = state.flag("crossed");
  }

  /**
   * Whether the intervention fires now. To be asked once after each call of the learner: a crossing
   * is forgotten when it was told.
   *
   * @param step learner updates done, at least 1
   */
  public boolean isDue(long step) {
    if (trigger instanceof Trigger.TargetUpdate) {
      return step % targetUpdatePeriod == 0;
    }
    if (trigger instanceof Trigger.Every every) {
      return step % every.period() == 0;
    }
    if (trigger instanceof Trigger.Once once) {
      return step == once.step();
    }
    boolean due = crossed;
    crossed = false;
    return due;
  }
}
