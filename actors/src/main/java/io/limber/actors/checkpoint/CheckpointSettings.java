package io.limber.actors.checkpoint;

import io.limber.core.checkpoint.Retention;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.config.Section;
import io.limber.core.metrics.Metric;
import java.time.Duration;

/**
 * The section {@code limber.checkpoint}.
 *
 * @param period learner updates between two checkpoints; 0 for none, not even at the end
 * @param retention which checkpoints stay
 * @param bestMetric by which the best are chosen; higher is better
 * @param limit how long gathering may take before the checkpoint is given up, and how long a stop
 *     waits for the last one
 * @param minBackoff wait before a failed checkpoint is tried again; doubles with each failure
 * @param maxBackoff longest such wait
 */
public record CheckpointSettings(
    long period,
    Retention retention,
    Metric bestMetric,
    Duration limit,
    Duration minBackoff,
    Duration maxBackoff) {

  /**
   * Reads {@code limber.checkpoint}.
   *
   * @param updatesPerCall learner updates in one call; divides the period
   * @throws io.limber.core.config.InvalidSettingException if a value cannot work
   */
  public static CheckpointSettings from(Section limber, int updatesPerCall) {
    Section checkpoint = limber.section("checkpoint");
    long period = checkpoint.wholeNumber("period");
    checkpoint.require(
        period >= 0 && period % updatesPerCall == 0,
        "period",
        period,
        "be a multiple of limber.learner.updates-per-call = "
            + updatesPerCall
            + ", or the learner would pass it inside a call; 0 makes no checkpoints");
    int newest = checkpoint.integer("keep");
    checkpoint.require(
        newest >= 1, "keep", newest, "be at least 1, or no checkpoint would stay to resume from");
    int best = checkpoint.integer("keep-best");
    checkpoint.require(best >= 0, "keep-best", best, "not be negative; 0 keeps the newest alone");
    Section retry = checkpoint.section("retry");
    Duration min = retry.positiveDuration("min-backoff");
    Duration max = retry.duration("max-backoff");
    retry.require(max.compareTo(min) >= 0, "max-backoff", max, "be at least min-backoff = " + min);
    return new CheckpointSettings(
        period,
        new Retention(newest, best),
        metric(checkpoint),
        checkpoint.positiveDuration("limit"),
        min,
        max);
  }

  private static Metric metric(Section checkpoint) {
    String id = checkpoint.string("best-metric");
    return Metric.ofId(id)
        .orElseThrow(
            () ->
                new InvalidSettingException(
                    checkpoint.path("best-metric"),
                    id,
                    "be a metric's name, as docs/metrics.md lists them"));
  }
}
