package io.limber.actors.replay;

import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.core.replay.ReplayTable;
import java.util.EnumMap;
import java.util.Map;

/** What a replay actor reports. Not thread-safe: one owner. */
final class ReplayReports {

  private final String source;
  private final int batchSize;
  private final long reportPeriod;
  private final Stopwatch insertBlocked = new Stopwatch();
  private final Stopwatch sampleBlocked = new Stopwatch();
  private long reportedStep;

  /**
   * @param batchSize transitions per learner update
   * @param reportPeriod learner updates between two reports
   */
  ReplayReports(String source, int batchSize, long reportPeriod) {
    this.source = source;
    this.batchSize = batchSize;
    this.reportPeriod = reportPeriod;
  }

  /** Goes on with a table that was restored: what was due before is reported. */
  void goOn(ReplayTable table) {
    reportedStep = step(table) / reportPeriod * reportPeriod;
  }

  void noteBlocked(boolean inserters, boolean learner, long nowNanos) {
    insertBlocked.set(inserters, nowNanos);
    sampleBlocked.set(learner, nowNanos);
  }

  /** Whether the draws just reached a step at which a report is due; true once for each. */
  boolean due(ReplayTable table) {
    long step = step(table) / reportPeriod * reportPeriod;
    boolean due = step > reportedStep;
    reportedStep = step;
    return due;
  }

  /** Where the table and its limiter stand after the draw of the reported step. */
  Report state(ReplayTable table) {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    values.put(Metric.REPLAY_SIZE, (double) table.size());
    values.put(Metric.REPLAY_INSERTED, (double) table.inserted());
    values.put(Metric.REPLAY_SAMPLED, (double) table.sampled());
    values.put(Metric.REPLAY_LIMITER_DIFFERENCE, table.limiterState().diff());
    values.put(Metric.REPLAY_SAMPLES_PER_INSERT, (double) table.sampled() / table.inserted());
    return Report.of(source, reportedStep, values);
  }

  /**
   * How long who waited so far.
   *
   * @param depth chunks and requests that wait now
   */
  Report waiting(ReplayTable table, int depth, long nowNanos) {
    return Report.of(
        source,
        step(table),
        Map.of(
            Metric.REPLAY_INSERT_BLOCKED, insertBlocked.seconds(nowNanos),
            Metric.REPLAY_SAMPLE_BLOCKED, sampleBlocked.seconds(nowNanos),
            Metric.QUEUE_DEPTH, (double) depth));
  }

  private long step(ReplayTable table) {
    return table.sampled() / batchSize;
  }
}
