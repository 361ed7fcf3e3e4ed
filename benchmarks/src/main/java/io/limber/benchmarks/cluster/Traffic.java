package io.limber.benchmarks.cluster;

import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.streams.metrics.JsonLinesReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the environments of a run that is over have sent to its replay.
 *
 * @param stepsPerSecond sum over the environment actors of each one's mean rate in the third
 *     quarter of the run: processes compile until then, and the last quarter may be cut off
 * @param bytesPerTransition mean size of a transition in the blocks that came over the network, all
 *     their fields included, without the messages around them; NaN where none came that way
 */
record Traffic(double stepsPerSecond, double bytesPerTransition) {

  /**
   * @param metrics the run's {@code metrics.jsonl}
   * @throws IOException if it cannot be read
   */
  static Traffic read(Path metrics) throws IOException {
    List<Report> reports = new ArrayList<>();
    new JsonLinesReader(metrics).read(timed -> reports.add(timed.report()));
    return new Traffic(
        rate(reports),
        newest(reports, Metric.CLUSTER_BYTES) / newest(reports, Metric.CLUSTER_TRANSITIONS));
  }

  private static double rate(List<Report> reports) {
    Map<String, List<Double>> rates = new LinkedHashMap<>();
    for (Report report : reports) {
      double rate = RunReports.value(report, Metric.ENVIRONMENT_STEPS_PER_SECOND);
      if (rate > 0) { // not NaN, and not before the first step
        rates.computeIfAbsent(report.source(), source -> new ArrayList<>()).add(rate);
      }
    }
    return rates.values().stream()
        .map(all -> all.subList(all.size() / 2, all.size() - all.size() / 4))
        .mapToDouble(all -> all.stream().mapToDouble(rate -> rate).average().orElseThrow())
        .sum();
  }

  /** Sum over the sources of the last value that each reported. */
  private static double newest(List<Report> reports, Metric metric) {
    Map<String, Double> newest = new LinkedHashMap<>();
    for (Report report : reports) {
      double value = RunReports.value(report, metric);
      if (!Double.isNaN(value)) {
        newest.put(report.source(), value);
      }
    }
    return newest.values().stream().mapToDouble(value -> value).sum();
  }
}
