package io.limber.streams.prometheus;

import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.streams.metrics.MetricSink;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps the newest value of each metric of each source, as a page for Prometheus to scrape. The
 * only label is the source, and no more than {@value #MAX_SOURCES} sources are kept of one metric:
 * what more there are is counted in {@code limber_refused_values_total} instead. Thread-safe; a
 * page is made when it is asked for, in about a millisecond.
 */
public final class PrometheusSink implements MetricSink {

  /** Far more than a run has actors; a bound on what is kept, whatever the sources' names. */
  static final int MAX_SOURCES = 256;

  private static final String REFUSED = "limber_refused_values";

  /**
   * What a scrape is answered with.
   *
   * @param contentType for the HTTP header of that name
   * @param text encoded
   */
  public record Page(String contentType, byte[] text) {}

  private final Map<Metric, Map<String, Double>> latest = new EnumMap<>(Metric.class);
  private final ExpositionFormats formats = ExpositionFormats.init();
  private long refused;

  @Override
  public String name() {
    return "prometheus";
  }

  @Override
  public synchronized void accept(Report report, Instant time) {
    for (Measurement measurement : report.measurements()) {
      Map<String, Double> sources =
          latest.computeIfAbsent(measurement.metric(), metric -> new TreeMap<>());
      if (sources.containsKey(report.source()) || sources.size() < MAX_SOURCES) {
        sources.put(report.source(), measurement.value());
      } else {
        refused++;
      }
    }
  }

  @Override
  public void flush() {
    // Every page has the newest values.
  }

  @Override
  public void close() {
    // The last values stay, for as long as the page is served.
  }

  /**
   * The newest values, in UTF-8: as OpenMetrics for whoever asks for that, as Prometheus does, else
   * in Prometheus' older text format, which everything reads.
   *
   * @param accept the HTTP header of that name; may be empty
   */
  public Page render(String accept) {
    // protobuf, which the library would take for the best, needs a jar that we do not have
    boolean openMetrics = accept.contains("application/openmetrics-text");
    ExpositionFormatWriter writer =
        openMetrics
            ? formats.getOpenMetricsTextFormatWriter()
            : formats.getPrometheusTextFormatWriter();
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    try {
      writer.write(page, snapshots(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
    return new Page(writer.getContentType(), page.toByteArray());
  }

  private synchronized MetricSnapshots snapshots() {
    List<MetricSnapshot> snapshots = new ArrayList<>();
    latest.forEach(
        (metric, sources) ->
            snapshots.add(metric.cumulative() ? counter(metric, sources) : gauge(metric, sources)));
    snapshots.add(
        CounterSnapshot.builder()
            .name(REFUSED)
            .help("values left out here so far, because a metric had too many sources")
            .dataPoint(CounterDataPointSnapshot.builder().value(refused).build())
            .build());
    return new MetricSnapshots(snapshots);
  }

  private static MetricSnapshot counter(Metric metric, Map<String, Double> sources) {
    CounterSnapshot.Builder builder = CounterSnapshot.builder();
    describe(builder, metric);
    sources.forEach(
        (source, value) ->
            builder.dataPoint(
                CounterDataPointSnapshot.builder().labels(label(source)).value(value).build()));
    return builder.build();
  }

  private static MetricSnapshot gauge(Metric metric, Map<String, Double> sources) {
    GaugeSnapshot.Builder builder = GaugeSnapshot.builder();
    describe(builder, metric);
    sources.forEach(
        (source, value) ->
            builder.dataPoint(
                GaugeDataPointSnapshot.builder().labels(label(source)).value(value).build()));
    return builder.build();
  }

  private static void describe(MetricSnapshot.Builder<?> builder, Metric metric) {
    builder.name(PrometheusName.family(metric));
    builder.help(metric.unit() + ": " + metric.formula());
    PrometheusName.unit(metric).ifPresent(builder::unit);
  }

  private static Labels label(String source) {
    return Labels.of("source", source);
  }
}
