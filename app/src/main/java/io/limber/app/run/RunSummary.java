package io.limber.app.run;

import io.limber.app.console.Durations;
import io.limber.app.json.Json;
import io.limber.core.metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a run ended, for people and for scripts.
 *
 * @param outcome in a word
 * @param failure what went wrong; empty unless {@code outcome} is {@link Outcome#FAILED}
 * @param duration wall-clock time from the first actor to the last
 * @param updates learner updates done
 * @param readings what was measured
 * @param folder where the files are
 * @param seed root seed
 */
public record RunSummary(
    Outcome outcome,
    Optional<String> failure,
    Duration duration,
    long updates,
    Readings readings,
    RunFolder folder,
    long seed) {

  /** Numbers that were never measured are left out. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("outcome", outcome.toString());
    failure.ifPresent(reason -> map.put("failure", reason));
    map.put("seed", seed);
    map.put("seconds", duration.toMillis() / 1000.0);
    map.put("updates", updates);
    map.put("updates-per-second", perSecond(updates));
    map.put("environment-steps", total(Metric.ENVIRONMENT_STEPS));
    map.put("target-updates", total(Metric.LEARNER_TARGET_UPDATES));
    map.put("probes-completed", total(Metric.PROBE_COMPLETED));
    map.put("probes-skipped", total(Metric.PROBE_SKIPPED));
    map.put("probes-failed", total(Metric.PROBE_FAILED));
    put(map, "evaluation-mean-reward", readings.mean(Metric.EVALUATION_MEAN_REWARD));
    put(map, "mean-reward", readings.mean(Metric.ENVIRONMENT_MEAN_REWARD));
    put(map, "plasticity-first", readings.first(Metric.PLASTICITY));
    put(map, "plasticity-last", readings.mean(Metric.PLASTICITY));
    map.put("run-folder", folder.path().toString());
    return map;
  }

  /** A short table. */
  public Map<String, String> toRows() {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("outcome", outcome + failure.map(reason -> ": " + reason).orElse(""));
    rows.put(
        "greedy reward",
        readings.mean(Metric.EVALUATION_MEAN_REWARD).isPresent()
            ? number("%.3f", readings.mean(Metric.EVALUATION_MEAN_REWARD))
            : "not evaluated");
    rows.put(
        "updates",
        String.format(
            Locale.ROOT,
            "%,d in %s, %.0f/s",
            updates,
            Durations.text(duration),
            perSecond(updates)));
    rows.put(
        "environment", String.format(Locale.ROOT, "%,d steps", total(Metric.ENVIRONMENT_STEPS)));
    rows.put("target network", total(Metric.LEARNER_TARGET_UPDATES) + " synchronisations");
    rows.put(
        "probes",
        "%d done, %d skipped, %d failed"
            .formatted(
                total(Metric.PROBE_COMPLETED),
                total(Metric.PROBE_SKIPPED),
                total(Metric.PROBE_FAILED)));
    rows.put(
        "plasticity",
        number("%.3f", readings.first(Metric.PLASTICITY))
            + " → "
            + number("%.3f", readings.mean(Metric.PLASTICITY)));
    rows.put("files", folder.path().toString());
    return rows;
  }

  /**
   * Writes {@link #toMap} as JSON.
   *
   * @throws IOException if the file cannot be written
   */
  public void write(Path file) throws IOException {
    Files.writeString(file, Json.document(toMap()));
  }

  private double perSecond(long count) {
    return 1000.0 * count / Math.max(1, duration.toMillis());
  }

  private long total(Metric metric) {
    return (long) readings.sum(metric);
  }

  private static void put(Map<String, Object> map, String key, OptionalDouble value) {
    value.ifPresent(number -> map.put(key, number));
  }

  private static String number(String format, OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "none";
  }
}
