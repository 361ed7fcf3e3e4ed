package io.limber.actors.probe;

import io.limber.core.state.SavedState;

/**
 * What became of a run's measurements.
 *
 * @param completed measured
 * @param skipped never begun, because a newer snapshot was waiting or the run ended
 * @param retried tried a second time
 * @param failed given up after the second time
 * @param abandoned still running when the run ended and its time to finish was over
 */
public record ProbeTally(long completed, long skipped, long retried, long failed, long abandoned) {

  public static final ProbeTally NONE = new ProbeTally(0, 0, 0, 0, 0);

  SavedState save() {
    return SavedState.builder()
        .put("completed", completed)
        .put("skipped", skipped)
        .put("retried", retried)
        .put("failed", failed)
        .put("abandoned", abandoned)
        .build();
  }

  static ProbeTally restore(SavedState state) {
    return new ProbeTally(
        state.integer("completed"),
        state.integer("skipped"),
        state.integer("retried"),
        state.integer("failed"),
        state.integer("abandoned"));
  }

  ProbeTally plusCompleted() {
    return new ProbeTally(completed + 1, skipped, retried, failed, abandoned);
  }

  ProbeTally plusSkipped(int more) {
    return new ProbeTally(completed, skipped + more, retried, failed, abandoned);
  }

  ProbeTally plusRetried() {
    return new ProbeTally(completed, skipped, retried + 1, failed, abandoned);
  }

  ProbeTally plusFailed() {
    return new ProbeTally(completed, skipped, retried, failed + 1, abandoned);
  }

  ProbeTally plusAbandoned(int more) {
    return new ProbeTally(completed, skipped, retried, failed, abandoned + more);
  }
}
