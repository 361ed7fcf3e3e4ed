package io.limber.streams.metrics;

import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Report;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A report as one line of JSON. Ids and sources need no escapes: both are made of lower-case
 * letters, digits, hyphens and slashes.
 */
final class JsonLine {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** Whole numbers below it are exact in a double and in JavaScript. */
  private static final double EXACT = 1L << 53;

  private JsonLine() {}

  /** Ends with a line break. */
  static String of(Report report, Instant time) {
    StringBuilder line = new StringBuilder(64 + 48 * report.measurements().size());
    line.append("{\"time\":\"").append(TIME.format(time));
    line.append("\",\"source\":\"").append(report.source());
    line.append("\",\"step\":").append(report.step());
    if (!report.reproducible()) {
      line.append(",\"wall\":true");
    }
    line.append(",\"values\":{");
    String separator = "";
    for (Measurement measurement : report.measurements()) {
      line.append(separator).append('"').append(measurement.metric().id()).append("\":");
      appendNumber(line, measurement.value());
      separator = ",";
    }
    return line.append("}}\n").toString();
  }

  static void appendNumber(StringBuilder line, double value) {
    if (Double.isFinite(value)) {
      appendPlainNumber(line, value);
    } else {
      line.append('"').append(value).append('"'); // JSON has no number for it
    }
  }

  /** Without quotes, be it finite or not. */
  static void appendPlainNumber(StringBuilder line, double value) {
    if (value == Math.rint(value) && Math.abs(value) < EXACT) {
      line.append((long) value);
    } else {
      line.append(value);
    }
  }
}
