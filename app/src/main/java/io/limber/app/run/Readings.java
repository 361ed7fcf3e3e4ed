package io.limber.app.run;

import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The first and the latest value of each metric of each source, which is all that the console and
 * the summary need of a run of any length. Thread-safe.
 */
public final class Readings {

  private final Map<Metric, Double> first = new HashMap<>();
  private final Map<Metric, Map<String, Double>> latest = new HashMap<>();

  private long step;

  /** Takes note of a report. */
  public synchronized void add(Report report) {
    step = Math.max(step, report.step());
    for (Measurement measurement : report.measurements()) {
      first.putIfAbsent(measurement.metric(), measurement.value());
      latest
          .computeIfAbsent(measurement.metric(), metric -> new TreeMap<>())
          .put(report.source(), measurement.value());
    }
  }

  /** The newest learner step that anyone reported at. */
  public synchronized long step() {
    return step;
  }

  /** The value that was reported first by anyone; empty before that. */
  public synchronized OptionalDouble first(Metric metric) {
    Double value = first.get(metric);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Mean over the sources of their latest values; empty before the first report. */
  public synchronized OptionalDouble mean(Metric metric) {
    return latest.getOrDefault(metric, Map.of()).values().stream()
        .mapToDouble(Double::doubleValue)
        .average();
  }

  /** Sum over the sources of their latest values; 0 before the first report. */
  public synchronized double sum(Metric metric) {
    return latest.getOrDefault(metric, Map.of()).values().stream()
        .mapToDouble(Double::doubleValue)
        .sum();
  }
}
