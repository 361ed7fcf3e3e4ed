package io.limber.app.run;

import io.limber.actors.run.RunSummary;
import io.limber.app.console.Durations;
import io.limber.app.json.Json;
import io.limber.core.metrics.Metric;
import io.limber.protos.SnapshotCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a run ended, for people and for scripts.
 *
 * @param outcome in a word
 * @param failure what went wrong; empty unless {@code outcome} is {@link Outcome#FAILED}
 * @param end what the actors counted; empty if they failed
 * @param duration wall-clock time from the first actor to the last
 * @param readings what was measured
 * @param folder where the files are
 * @param seed root seed
 * @param firstStep learner updates that were done before, where the run was resumed
 */
public record TrainingSummary(
    Outcome outcome,
    Optional<String> failure,
    Optional<RunSummary> end,
    Duration duration,
    Readings readings,
    RunFolder folder,
    long seed,
    long firstStep) {

  private static final Logger log = LoggerFactory.getLogger(TrainingSummary.class);

  /**
   * Writes it into the run's folder, and the parameters at the end. A disk that is full even then
   * must not keep people from seeing the summary.
   *
   * @return this, or the same of a run that failed because that could not be written
   */
  TrainingSummary keep() {
    try {
      if (end.isPresent()) {
        Files.createDirectories(folder.snapshots());
        SnapshotCodec.save(end.get().parameters(), folder.snapshots().resolve("final.limber"));
      }
      write(folder.summary());
      return this;
    } catch (IOException e) {
      log.error("how the run in {} ended could not be written", folder.path(), e);
      String reason = failure.orElse("its last files could not be written: " + e);
      return new TrainingSummary(
          Outcome.FAILED, Optional.of(reason), end, duration, readings, folder, seed, firstStep);
    }
  }

  /** For JSON; numbers that were never measured are left out. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("outcome", outcome.toString());
    failure.ifPresent(reason -> map.put("failure", reason));
    map.put("seed", seed);
    map.put("seconds", duration.toMillis() / 1000.0);
    map.put("updates", updates());
    if (firstStep > 0) {
      map.put("resumed-from", firstStep);
    }
    map.put("updates-per-second", updatesPerSecond());
    map.put("environment-steps", environmentSteps());
    map.put("target-updates", targetUpdates());
    map.put("probes-completed", total(Metric.PROBE_COMPLETED));
    map.put("probes-skipped", total(Metric.PROBE_SKIPPED));
    map.put("probes-failed", total(Metric.PROBE_FAILED));
    end.ifPresent(counted -> putCounts(map, counted));
    put(map, "mean-reward", readings.mean(Metric.ENVIRONMENT_MEAN_REWARD));
    put(map, "plasticity-first", readings.first(Metric.PLASTICITY));
    put(map, "plasticity-last", readings.mean(Metric.PLASTICITY));
    map.put("run-folder", folder.path().toString());
    return map;
  }

  private static void putCounts(Map<String, Object> map, RunSummary counted) {
    map.put("probes-completed", counted.probes().completed());
    map.put("probes-skipped", counted.probes().skipped());
    map.put("probes-failed", counted.probes().failed());
    map.put("probes-abandoned", counted.probes().abandoned());
    map.put("reports-dropped", counted.droppedReports());
    put(map, "evaluation-mean-reward", counted.evaluationReward());
  }

  /** For people: a short table. */
  public Map<String, String> toRows() {
    Map<String, Object> numbers = toMap();
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("outcome", outcome + failure.map(reason -> ": " + reason).orElse(""));
    rows.put(
        "greedy reward",
        end.map(RunSummary::evaluationReward)
            .map(reward -> number("%.3f per step", reward, "not evaluated"))
            .orElse("not evaluated"));
    rows.put(
        "updates",
        text("%,d in %s, %,.0f/s", updates(), Durations.text(duration), updatesPerSecond()));
    rows.put("environment", text("%,d steps", environmentSteps()));
    rows.put("target network", text("%,d synchronisations", targetUpdates()));
    rows.put(
        "probes",
        text(
            "%d done, %d skipped, %d failed",
            numbers.get("probes-completed"),
            numbers.get("probes-skipped"),
            numbers.get("probes-failed")));
    rows.put(
        "plasticity",
        number("%.3f", readings.first(Metric.PLASTICITY), "not measured")
            + number(" → %.3f", readings.mean(Metric.PLASTICITY), ""));
    rows.put("files", folder.path().toString());
    return rows;
  }

  /**
   * Writes {@link #toMap} as JSON.
   *
   * @throws IOException if the file cannot be written
   */
  private void write(Path file) throws IOException {
    Files.writeString(file, Json.document(toMap()));
  }

  /** Learner updates done, as far as is known. */
  public long updates() {
    return end.map(RunSummary::updates).orElse(readings.step());
  }

  private long environmentSteps() {
    return end.map(RunSummary::environmentSteps).orElse(total(Metric.ENVIRONMENT_STEPS));
  }

  private long targetUpdates() {
    return end.map(RunSummary::targetUpdates).orElse(total(Metric.LEARNER_TARGET_UPDATES));
  }

  private double updatesPerSecond() {
    return 1000.0 * (updates() - firstStep) / Math.max(1, duration.toMillis());
  }

  private long total(Metric metric) {
    return (long) readings.sum(metric);
  }

  private static void put(Map<String, Object> map, String key, OptionalDouble value) {
    value.ifPresent(number -> map.put(key, number));
  }

  private static String number(String format, OptionalDouble value, String otherwise) {
    return value.isPresent() ? text(format, value.getAsDouble()) : otherwise;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
