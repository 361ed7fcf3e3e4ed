package io.limber.actors.checkpoint;

import io.limber.core.checkpoint.CheckpointFile;
import io.limber.core.checkpoint.Manifest;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.util.Map;

/** What is reported of checkpoints. Not thread-safe: one owner. */
final class CheckpointReports {

  private static final double SECONDS_PER_NANO = 1.0e-9;

  private final String source;
  private long completed;
  private long failures;
  private long failuresInARow;
  private long lastBytes;
  private int begunAnew;
  private double stall;

  CheckpointReports(String source) {
    this.source = source;
  }

  void stalled(long startNanos, long nowNanos) {
    stall = (nowNanos - startNanos) * SECONDS_PER_NANO;
  }

  void completed(Manifest manifest, Draft written) {
    completed++;
    failuresInARow = 0;
    begunAnew = written.begunAnew().size();
    lastBytes =
        manifest.files().stream().mapToLong(CheckpointFile::bytes).sum()
            + written.segment().map(rows -> rows.file().bytes()).orElse(0L);
  }

  void failed() {
    failures++;
    failuresInARow++;
  }

  /** What the last one took of the disk; 0 before the first. */
  long lastBytes() {
    return lastBytes;
  }

  Report report(long step, long startNanos, long nowNanos) {
    return Report.of(
        source,
        step,
        Map.of(
            Metric.CHECKPOINT_DURATION, (nowNanos - startNanos) * SECONDS_PER_NANO,
            Metric.CHECKPOINT_STALL, stall,
            Metric.CHECKPOINT_BYTES, (double) lastBytes,
            Metric.CHECKPOINT_COMPLETED, (double) completed,
            Metric.CHECKPOINT_MISSING_ENVIRONMENTS, (double) begunAnew,
            Metric.CHECKPOINT_FAILURES, (double) failures,
            Metric.CHECKPOINT_FAILURES_IN_A_ROW, (double) failuresInARow));
  }

  Report failures(long step) {
    return Report.of(
        source,
        step,
        Map.of(
            Metric.CHECKPOINT_FAILURES, (double) failures,
            Metric.CHECKPOINT_FAILURES_IN_A_ROW, (double) failuresInARow));
  }
}
