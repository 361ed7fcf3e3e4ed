package io.limber.app.process;

import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.streams.metrics.JsonLinesReader;
import io.limber.streams.metrics.TimedReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The metrics of a run, also while another process still writes them. Each question reads what is
 * new, so that a log that grows for an hour may be asked often. One owner.
 */
final class EventLog {

  private final JsonLinesReader reader;
  private final List<TimedReport> reports = new ArrayList<>();
  private final Map<Metric, Map<String, Double>> newest = new EnumMap<>(Metric.class);
  private final Map<Metric, DoubleSummaryStatistics> all = new EnumMap<>(Metric.class);

  EventLog(Path run) {
    reader = new JsonLinesReader(run.resolve("metrics.jsonl"));
  }

  /** Newest value of a metric, summed over its sources; 0 where there is none yet. */
  double sum(Metric metric) throws IOException {
    return newest(metric).values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The same by the metric's name in files, which must be right: it would be 0 for ever. */
  double sum(String metric) throws IOException {
    return sum(Metric.ofId(metric).orElseThrow());
  }

  /** As {@link #sum(String)}, but NaN where there is none yet: no assertion holds then. */
  double total(String metric) throws IOException {
    Metric known = Metric.ofId(metric).orElseThrow();
    return newest(known).isEmpty() ? Double.NaN : sum(known);
  }

  /** Newest value of a metric of one source; NaN where there is none yet. */
  double of(String metric, String source) throws IOException {
    return newest(Metric.ofId(metric).orElseThrow()).getOrDefault(source, Double.NaN);
  }

  /** Newest value of a metric by its sources. */
  Map<String, Double> newest(Metric metric) throws IOException {
    reader.read(this::take);
    return newest.getOrDefault(metric, Map.of());
  }

  /** All values of a metric so far, of all sources. */
  DoubleSummaryStatistics all(Metric metric) throws IOException {
    reader.read(this::take);
    return all.getOrDefault(metric, new DoubleSummaryStatistics());
  }

  /** Lines that are no reports, and values of no metric; 0 in a log that is whole. */
  long unreadable() throws IOException {
    reader.read(this::take);
    return reader.skippedLines() + reader.unknownMetrics();
  }

  /** All of them so far, in the order in which they were written. */
  List<TimedReport> reports() throws IOException {
    reader.read(this::take);
    return List.copyOf(reports);
  }

  /** The metric's value in the report; empty where it is not there. */
  static OptionalDouble value(Report report, Metric metric) {
    return report.measurements().stream()
        .filter(measured -> measured.metric() == metric)
        .mapToDouble(Measurement::value)
        .findFirst();
  }

  private void take(TimedReport timed) {
    reports.add(timed);
    Report report = timed.report();
    for (Measurement measured : report.measurements()) {
      newest
          .computeIfAbsent(measured.metric(), metric -> new TreeMap<>())
          .put(report.source(), measured.value());
      all.computeIfAbsent(measured.metric(), metric -> new DoubleSummaryStatistics())
          .accept(measured.value());
    }
  }
}
