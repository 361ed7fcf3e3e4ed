package io.limber.actors.learner;

import io.limber.core.agent.UpdateReport;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.core.state.SavedState;
import java.util.Map;

/** What a learner reports. Not thread-safe: one owner. */
final class LearnerReports {

  private final String source;
  private final long targetUpdatePeriod;
  private double lossSum;
  private double valueSum;
  private int calls;
  private long targetUpdates;
  private long rateStep;
  private long rateNanos;

  /**
   * @param targetUpdatePeriod updates between two synchronisations of the target network
   */
  LearnerReports(String source, long targetUpdatePeriod, long nowNanos) {
    this.source = source;
    this.targetUpdatePeriod = targetUpdatePeriod;
    rateNanos = nowNanos;
  }

  /** Takes in one call; calls are equally long, so their means weigh the same. */
  void add(UpdateReport update) {
    lossSum += update.meanLoss();
    valueSum += update.meanValue();
    calls++;
    targetUpdates = update.targetUpdates();
  }

  /** What it goes on from. */
  SavedState save() {
    return SavedState.builder()
        .put("loss-sum", lossSum)
        .put("value-sum", valueSum)
        .put("calls", calls)
        .put("target-updates", targetUpdates)
        .build();
  }

  /** Goes on from what {@link #save} gave, at {@code step}. */
  void restore(SavedState state, long step) {
    lossSum = state.real("loss-sum");
    valueSum = state.real("value-sum");
    calls = (int) state.integer("calls");
    targetUpdates =
        state.has("target-updates") // a checkpoint of before they were counted
            ? state.integer("target-updates")
            : step / targetUpdatePeriod;
    rateStep = step;
  }

  boolean isEmpty() {
    return calls == 0;
  }

  /** Means since the last one. */
  Report drain(long step) {
    Report report =
        Report.of(
            source,
            step,
            Map.of(
                Metric.LEARNER_LOSS,
                lossSum / calls,
                Metric.LEARNER_VALUE,
                valueSum / calls,
                Metric.LEARNER_UPDATES,
                (double) step,
                Metric.LEARNER_TARGET_UPDATES,
                (double) targetUpdates));
    lossSum = 0;
    valueSum = 0;
    calls = 0;
    return report;
  }

  /** Rate since the last one. */
  Report drainRate(long step, long nowNanos) {
    double seconds = (nowNanos - rateNanos) * 1.0e-9;
    double rate = (step - rateStep) / seconds;
    rateStep = step;
    rateNanos = nowNanos;
    return Report.of(source, step, Map.of(Metric.LEARNER_UPDATES_PER_SECOND, rate));
  }
}
