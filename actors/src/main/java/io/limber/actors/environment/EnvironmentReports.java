package io.limber.actors.environment;

import io.limber.core.env.EpisodeStatistics;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/** What an environment actor reports. Not thread-safe: one owner. */
final class EnvironmentReports {

  private final String source;
  private final EnvironmentHistory history;
  private long stepsSinceRate;
  private long rateNanos;

  EnvironmentReports(String source, EnvironmentHistory history, long nowNanos) {
    this.source = source;
    this.history = history;
    rateNanos = nowNanos;
  }

  /** Counts steps for the rate. */
  void stepped(int steps) {
    stepsSinceRate += steps;
  }

  /**
   * What happened since the last report.
   *
   * @param accuracy of the policy, where the task measures it
   * @param age updates by which the policy is behind
   */
  Report interval(
      long step, EpisodeStatistics statistics, OptionalDouble accuracy, double epsilon, long age) {
    history.add(statistics);
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    if (statistics.steps() > 0) {
      values.put(Metric.ENVIRONMENT_MEAN_REWARD, statistics.rewardSum() / statistics.steps());
    }
    if (statistics.episodes() > 0) {
      values.put(Metric.ENVIRONMENT_MEAN_RETURN, statistics.returnSum() / statistics.episodes());
    }
    accuracy.ifPresent(share -> values.put(Metric.ENVIRONMENT_ACCURACY, share));
    values.put(Metric.ENVIRONMENT_STEPS, (double) history.steps());
    values.put(Metric.ENVIRONMENT_EPISODES, (double) history.episodes());
    values.put(Metric.ENVIRONMENT_EPSILON, epsilon);
    values.put(Metric.ENVIRONMENT_POLICY_AGE, (double) age);
    return Report.of(source, step, values);
  }

  /** Rate since the last one. */
  Report rate(long step, long nowNanos) {
    double rate = stepsSinceRate / ((nowNanos - rateNanos) * 1.0e-9);
    stepsSinceRate = 0;
    rateNanos = nowNanos;
    return Report.of(
        source,
        step,
        Map.of(
            Metric.ENVIRONMENT_STEPS_PER_SECOND,
            rate,
            Metric.ENVIRONMENT_RESTARTS,
            (double) history.restarts()));
  }
}
