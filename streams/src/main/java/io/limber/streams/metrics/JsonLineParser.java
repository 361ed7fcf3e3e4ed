package io.limber.streams.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what {@link JsonLine} writes. A field or a metric that it does not know is skipped: the
 * line may come from a newer version. Not thread-safe.
 */
final class JsonLineParser {

  private static final JsonFactory JSON = new JsonFactory();

  private final List<String> ids = new ArrayList<>();
  private final List<Double> values = new ArrayList<>();
  private long unknownMetrics;

  /** Values so far whose metric this version does not have. */
  long unknownMetrics() {
    return unknownMetrics;
  }

  /**
   * The report of the line {@code bytes[offset, offset + length)}; empty if it holds no metric that
   * is known.
   *
   * @throws IOException if it is no line of {@code metrics.jsonl}
   */
  Optional<TimedReport> parse(byte[] bytes, int offset, int length) throws IOException {
    try (JsonParser json = JSON.createParser(bytes, offset, length)) {
      return line(json);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private Optional<TimedReport> line(JsonParser json) throws IOException {
    Instant time = null;
    String source = null;
    long step = -1;
    ids.clear();
    values.clear();
    expect(json, json.nextToken(), JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "time" -> time = Instant.parse(json.getText());
        case "source" -> source = json.getText();
        case "step" -> step = json.getLongValue();
        case "values" -> readValues(json);
        default -> json.skipChildren();
      }
    }
    expect(json, json.currentToken(), JsonToken.END_OBJECT);
    if (time == null || source == null || step < 0 || json.nextToken() != null) {
      throw new JsonParseException(json, "a line needs one object with time, source, step, values");
    }
    Optional<Report> report = report(source, step);
    return report.isPresent() ? Optional.of(new TimedReport(report.get(), time)) : Optional.empty();
  }

  private void readValues(JsonParser json) throws IOException {
    expect(json, json.currentToken(), JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      ids.add(json.currentName());
      values.add(
          json.nextToken() == JsonToken.VALUE_STRING
              ? notFinite(json.getText())
              : json.getDoubleValue());
    }
  }

  private Optional<Report> report(String source, long step) {
    List<Measurement> measurements = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      Optional<Metric> metric = Metric.ofId(ids.get(i));
      if (metric.isPresent()) {
        measurements.add(new Measurement(metric.get(), step, values.get(i)));
      } else {
        unknownMetrics++;
      }
    }
    return measurements.isEmpty()
        ? Optional.empty()
        : Optional.of(new Report(source, step, measurements));
  }

  private static double notFinite(String text) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new IllegalArgumentException("\"" + text + "\" is no number");
    };
  }

  private static void expect(JsonParser json, JsonToken token, JsonToken expected)
      throws JsonParseException {
    if (token != expected) {
      throw new JsonParseException(json, expected + " expected, not " + token);
    }
  }
}
