package io.limber.actors.remote;

import io.limber.actors.replay.ReplayActorSettings;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.util.EnumMap;
import java.util.Map;

/** What is told about a run's replay elsewhere. Not thread-safe: one owner. */
final class RemoteReplayReports {

  private static final String SOURCE = "replay-link-0";

  private final ReplayActorSettings settings;
  private long losses;
  private long lost;
  private long resentBefore;
  private long stepsBehind;

  RemoteReplayReports(ReplayActorSettings settings) {
    this.settings = settings;
  }

  /** A table is gone with all that it held. */
  void tableLost() {
    losses++;
  }

  /**
   * There is a table.
   *
   * @param missing transitions that the one before held and this one does not
   * @param sampled transitions drawn by its count
   * @param step of the learner
   */
  void tableBegun(long missing, long sampled, long step) {
    lost += missing;
    long behind = Math.max(0, step - sampled / settings.batchSize());
    long period = settings.reportPeriod();
    stepsBehind = (behind + period - 1) / period * period;
  }

  void linkClosed(ReplayLink link) {
    resentBefore += link.resent();
  }

  /** A table that went back to earlier counts reports at the learner's steps all the same. */
  Report ofTable(Report report) {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    report.measurements().forEach(each -> values.put(each.metric(), each.value()));
    return Report.of(report.source(), report.step() + stepsBehind, values);
  }

  /**
   * @param step of the learner
   * @param link null while there is no table
   */
  Report ofLink(long step, ReplayLink link, AwaitedRows rows) {
    Map<Metric, Double> values =
        Map.of(
            Metric.CLUSTER_REPLAY_THERE, link == null ? 0.0 : 1.0,
            Metric.CLUSTER_REPLAY_LOSSES, (double) losses,
            Metric.CLUSTER_REPLAY_LOST, (double) lost,
            Metric.CLUSTER_REPLAY_RESENT,
                (double) (resentBefore + (link == null ? 0 : link.resent())),
            Metric.CLUSTER_BATCHES_AWAITED, (double) rows.batches(),
            Metric.CLUSTER_BATCH_BYTES, (double) rows.bytes(),
            Metric.CLUSTER_BATCH_TIME, rows.lastNanos() * 1.0e-9);
    return Report.of(SOURCE, step, values);
  }
}
