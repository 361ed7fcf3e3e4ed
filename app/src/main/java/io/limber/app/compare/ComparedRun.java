package io.limber.app.compare;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import io.limber.app.run.RunEnd;
import io.limber.app.run.RunFolder;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.streams.metrics.JsonLinesReader;
import io.limber.streams.metrics.TimedReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One run as its folder tells it, finished or not. */
final class ComparedRun {

  private final RunFolder folder;
  private final Map<Metric, MetricSummary> metrics = new EnumMap<>(Metric.class);
  private final Map<String, String> config = new TreeMap<>();
  private Instant start;
  private Instant end;

  private ComparedRun(RunFolder folder) {
    this.folder = folder;
  }

  /**
   * Reads everything.
   *
   * @throws io.limber.app.run.RunFolderException if it is no run's folder
   */
  static ComparedRun read(Path path) throws IOException {
    ComparedRun run = new ComparedRun(RunFolder.existing(path));
    new JsonLinesReader(run.folder.metrics()).read(run::add);
    parse(run.folder.config())
        .entrySet()
        .forEach(
            e -> run.config.put(e.getKey(), e.getValue().render(ConfigRenderOptions.concise())));
    return run;
  }

  private void add(TimedReport timed) {
    start = start == null ? timed.time() : start;
    end = timed.time();
    for (Measurement measurement : timed.report().measurements()) {
      metrics
          .computeIfAbsent(measurement.metric(), metric -> new MetricSummary())
          .add(timed.report(), measurement.value());
    }
  }

  String name() {
    return folder.path().getFileName().toString();
  }

  Path path() {
    return folder.path();
  }

  Optional<MetricSummary> metric(Metric metric) {
    return Optional.ofNullable(metrics.get(metric));
  }

  Map<Metric, MetricSummary> metrics() {
    return metrics;
  }

  /** Every key of its configuration, with its value as JSON. */
  Map<String, String> config() {
    return config;
  }

  /** From the first report to the last. */
  Duration duration() {
    return start == null ? Duration.ZERO : Duration.between(start, end);
  }

  /** How it ended; {@code no summary} while it runs or after it was killed. */
  String outcome() {
    return RunEnd.of(folder).map(RunEnd::outcome).orElse("no summary");
  }

  private static Config parse(Path file) {
    try {
      return ConfigFactory.parseFile(file.toFile()).resolve();
    } catch (ConfigException e) {
      throw new UnreadableRunException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
