package io.limber.streams.metrics;

import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.core.probe.ProbeTables;
import io.limber.protos.tensorboard.EventCodec;
import io.limber.protos.tensorboard.Histogram;
import io.limber.protos.tensorboard.RecordFraming;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An event file that TensorBoard reads while it grows. A series is named by the metric's id, with
 * {@code /source} behind it where there can be several sources; its x-axis is the learner step. Of
 * the probes' tables it shows the weights of each tensor and the Hessian's spectral density as
 * histograms, and the covariance of gradients as a picture.
 */
public final class TensorBoardSink implements MetricSink {

  private final Path folder;
  private final Duration flushInterval;
  private final OptionalLong resumedStep;
  private volatile AppendFile file; // named after the time of the first report

  /**
   * @param folder made at the first report
   * @param flushInterval how often the file grows
   * @param resumedStep step from which an interrupted run goes on: what older files in the folder
   *     say of later steps is void
   */
  public TensorBoardSink(Path folder, Duration flushInterval, OptionalLong resumedStep) {
    this.folder = folder;
    this.flushInterval = flushInterval;
    this.resumedStep = resumedStep;
  }

  @Override
  public String name() {
    return "tensorboard";
  }

  @Override
  public Duration flushInterval() {
    return flushInterval;
  }

  @Override
  public void accept(Report report, Instant time) throws IOException {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Measurement measurement : report.measurements()) {
      values.put(tag(measurement.metric(), report.source()), measurement.value());
    }
    append(time, EventCodec.scalars(time, report.step(), values));
  }

  /** Distributions as histograms, the covariance as a picture; of other tables nothing. */
  @Override
  public void accept(ProbeTables tables, Instant time) throws IOException {
    Map<String, Histogram> histograms = TableHistograms.of(tables);
    if (!histograms.isEmpty()) {
      append(time, EventCodec.histograms(time, tables.step(), histograms));
    }
    Optional<CosineImage> image = CosineImage.of(tables);
    if (image.isPresent()) {
      append(time, image.get().event(time, tables.step()));
    }
  }

  private void append(Instant time, byte[] event) throws IOException {
    if (file == null) {
      AppendFile first = new AppendFile(folder.resolve(fileName(time)));
      first.append(RecordFraming.frame(EventCodec.fileVersion(time, "limber")));
      if (resumedStep.isPresent()) {
        first.append(
            RecordFraming.frame(EventCodec.sessionStart(time, resumedStep.getAsLong() + 1)));
      }
      file = first;
    }
    file.append(RecordFraming.frame(event));
  }

  @Override
  public List<Report> reports(long step) {
    AppendFile now = file;
    double lost = now == null ? 0 : now.lost();
    return List.of(Report.of(name(), step, Map.of(Metric.QUEUE_LOST, lost)));
  }

  @Override
  public void flush() throws IOException {
    if (file != null) {
      file.flush();
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }

  private static String tag(Metric metric, String source) {
    return metric.group().perSource() ? metric.id() + "/" + source : metric.id();
  }

  /** As TensorBoard's own writer names it: readers look for {@code tfevents}. */
  private static String fileName(Instant time) {
    return "events.out.tfevents.%010d.%s.%d"
        .formatted(time.getEpochSecond(), hostName(), ProcessHandle.current().pid());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // a machine that cannot resolve its own name
    }
  }
}
