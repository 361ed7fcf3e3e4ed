package io.limber.streams.prometheus;

import io.limber.core.metrics.Metric;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.Optional;

/**
 * What a metric is called at Prometheus: {@code limber_}, its id with underscores, and its unit
 * where that is one of OpenMetrics' base units; {@code _total} behind what only ever grows.
 */
public final class PrometheusName {

  private PrometheusName() {}

  /** The name of its series, for instance {@code limber_replay_insert_blocked_seconds_total}. */
  public static String of(Metric metric) {
    return family(metric) + (metric.cumulative() ? "_total" : "");
  }

  /** The name without {@code _total}. */
  static String family(Metric metric) {
    String name = "limber_" + metric.id().replace('/', '_').replace('-', '_');
    return name + unit(metric).map(unit -> "_" + unit).orElse("");
  }

  /** Of OpenMetrics' base units; others stand in the help text. */
  static Optional<Unit> unit(Metric metric) {
    return switch (metric.unit()) {
      case SECONDS -> Optional.of(Unit.SECONDS);
      case BYTES -> Optional.of(Unit.BYTES);
      case FRACTION, PROBABILITY, RATIO -> Optional.of(Unit.RATIO);
      default -> Optional.empty();
    };
  }
}
