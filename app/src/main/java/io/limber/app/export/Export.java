package io.limber.app.export;

import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.streams.metrics.JsonLinesReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;

/**
 * One row for each value: step, time, source, metric, value. Rows come in the order in which they
 * were measured; nothing is held in memory.
 */
public final class Export {

  /** How rows are written. */
  public enum Format {
    /** With a header line; numbers that are not finite are {@code NaN} and {@code Infinity}. */
    CSV,
    /** An array of objects, one on each line; what is not finite is a string, as JSON lacks it. */
    JSON
  }

  /**
   * What was done.
   *
   * @param rows written
   * @param skippedLines of the file that were no reports
   * @param unknownMetrics values of metrics that this version does not have
   */
  public record Done(long rows, long skippedLines, long unknownMetrics) {}

  private final Format format;
  private final Set<Metric> metrics;
  private final Appendable out;
  private long rows;

  /**
   * @param metrics which of them
   * @param out takes the text; not closed
   */
  public Export(Format format, Set<Metric> metrics, Appendable out) {
    this.format = format;
    this.metrics = metrics;
    this.out = out;
  }

  /**
   * Writes all rows of a run.
   *
   * @param file {@code metrics.jsonl}
   * @throws IOException if it cannot be read, or {@code out} fails
   */
  public Done run(Path file) throws IOException {
    JsonLinesReader reader = new JsonLinesReader(file);
    out.append(format == Format.CSV ? "step,time,source,metric,value\n" : "[");
    try {
      reader.read(timed -> write(timed.report(), timed.time()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    out.append(format == Format.CSV ? "" : "\n]\n");
    return new Done(rows, reader.skippedLines(), reader.unknownMetrics());
  }

  private void write(Report report, Instant time) {
    for (Measurement measurement : report.measurements()) {
      if (metrics.contains(measurement.metric())) {
        try {
          out.append(
              format == Format.CSV
                  ? csv(report, time, measurement)
                  : json(report, time, measurement));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        rows++;
      }
    }
  }

  private static String csv(Report report, Instant time, Measurement measurement) {
    return report.step()
        + ","
        + time
        + ","
        + report.source()
        + ","
        + measurement.metric().id()
        + ","
        + measurement.value()
        + "\n";
  }

  /** Neither sources nor ids need escapes. */
  private String json(Report report, Instant time, Measurement measurement) {
    double value = measurement.value();
    String number = Double.isFinite(value) ? Double.toString(value) : "\"" + value + "\"";
    return (rows == 0 ? "\n" : ",\n")
        + "{\"step\":"
        + report.step()
        + ",\"time\":\""
        + time
        + "\",\"source\":\""
        + report.source()
        + "\",\"metric\":\""
        + measurement.metric().id()
        + "\",\"value\":"
        + number
        + "}";
  }
}
