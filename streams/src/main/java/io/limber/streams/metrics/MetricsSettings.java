package io.limber.streams.metrics;

import io.limber.core.config.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * {@code limber.metrics}.
 *
 * @param queueSize reports that wait in each queue, at least 1
 * @param jsonLines whether {@code metrics.jsonl} is written
 * @param tensorBoard whether event files are written
 * @param tensorBoardFlushInterval how often event files grow, positive
 * @param tables whether the tables of probes are written
 */
public record MetricsSettings(
    int queueSize,
    boolean jsonLines,
    boolean tensorBoard,
    Duration tensorBoardFlushInterval,
    boolean tables) {

  /**
   * @param limber the section {@code limber}
   */
  public static MetricsSettings from(Section limber) {
    Section metrics = limber.section("metrics");
    int queueSize = metrics.integer("queue-size");
    metrics.require(
        queueSize >= 1, "queue-size", queueSize, "be at least 1, or no report could ever pass");
    Section tensorBoard = metrics.section("tensorboard");
    Duration interval = tensorBoard.duration("flush-interval");
    tensorBoard.require(
        interval.toMillis() >= 1,
        "flush-interval",
        interval.toMillis() + "ms",
        "be at least 1ms: it is the time between two writes");
    return new MetricsSettings(
        queueSize,
        metrics.section("jsonl").bool("enabled"),
        tensorBoard.bool("enabled"),
        interval,
        metrics.section("tables").bool("enabled"));
  }

  /**
   * The sinks that write into a run's folder: {@code metrics.jsonl}, {@code events/}, {@code
   * probes/}.
   *
   * @param resumedStep step from which an interrupted run goes on
   */
  public List<MetricSink> fileSinks(Path runFolder, OptionalLong resumedStep) {
    List<MetricSink> sinks = new ArrayList<>();
    if (jsonLines) {
      sinks.add(new JsonLinesSink(runFolder.resolve("metrics.jsonl")));
    }
    if (tensorBoard) {
      sinks.add(
          new TensorBoardSink(runFolder.resolve("events"), tensorBoardFlushInterval, resumedStep));
    }
    if (tables) {
      sinks.add(new TableSink(runFolder.resolve("probes")));
    }
    return sinks;
  }
}
