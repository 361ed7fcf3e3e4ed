package io.limber.app.top;

import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.streams.metrics.TimedReport;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** The newest values of a run, and the curves that are drawn. Bounded, whatever its length. */
final class RunState {

  /** What is drawn. */
  static final List<Metric> CURVES =
      List.of(Metric.ENVIRONMENT_MEAN_REWARD, Metric.LEARNER_LOSS, Metric.PLASTICITY);

  private final Map<Metric, SortedMap<String, Double>> latest = new EnumMap<>(Metric.class);
  private final Map<Metric, Curve> curves = new EnumMap<>(Metric.class);
  private long step;
  private Instant first;
  private Instant last;

  RunState() {
    CURVES.forEach(metric -> curves.put(metric, new Curve()));
  }

  void add(TimedReport timed) {
    first = first == null ? timed.time() : first;
    last = timed.time();
    step = Math.max(step, timed.report().step());
    for (Measurement measurement : timed.report().measurements()) {
      Metric metric = measurement.metric();
      latest
          .computeIfAbsent(metric, m -> new TreeMap<>())
          .put(timed.report().source(), measurement.value());
      if (curves.containsKey(metric)) {
        curves.get(metric).add(measurement.value());
      }
    }
  }

  /** Newest learner step of any report. */
  long step() {
    return step;
  }

  Curve curve(Metric metric) {
    return curves.get(metric);
  }

  /** Newest value of each source. */
  SortedMap<String, Double> bySource(Metric metric) {
    return latest.getOrDefault(metric, new TreeMap<>());
  }

  OptionalDouble mean(Metric metric) {
    return bySource(metric).values().stream().mapToDouble(Double::doubleValue).average();
  }

  OptionalDouble sum(Metric metric) {
    return bySource(metric).isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            bySource(metric).values().stream().mapToDouble(Double::doubleValue).sum());
  }

  /** From the first report to the last. */
  Duration elapsed() {
    return first == null ? Duration.ZERO : Duration.between(first, last);
  }

  /** When the last report was published; empty before there is one. */
  Optional<Instant> lastTime() {
    return Optional.ofNullable(last);
  }
}
