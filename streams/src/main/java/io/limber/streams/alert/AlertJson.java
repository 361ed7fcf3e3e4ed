package io.limber.streams.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** An alert's change as one JSON object: for the webhook, and a line of {@code alerts.jsonl}. */
final class AlertJson {

  private static final JsonFactory JSON = new JsonFactory();

  private AlertJson() {}

  /** That all rules begin anew, since the run was resumed; without a line break. */
  static String restart(String run, Instant time) {
    return "{\"time\":\"%s\",\"run\":\"%s\",\"state\":\"restarted\"}"
        .formatted(
            time.truncatedTo(ChronoUnit.MILLIS),
            new String(JsonStringEncoder.getInstance().quoteAsString(run)));
  }

  /** Without a line break; {@code text} says it all, since chat services show that field. */
  static String of(String run, AlertState state) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("time", state.time().truncatedTo(ChronoUnit.MILLIS).toString());
      json.writeStringField("run", run);
      json.writeStringField("alert", state.rule());
      json.writeStringField("state", state.firing() ? "firing" : "over");
      json.writeStringField("metric", state.metric());
      json.writeStringField("source", state.source());
      json.writeStringField("condition", state.condition());
      json.writeNumberField("step", state.step());
      json.writeFieldName("value");
      if (Double.isFinite(state.value())) {
        json.writeNumber(state.value());
      } else {
        json.writeString(Double.toString(state.value()));
      }
      json.writeStringField("text", "limber " + run + ": " + state.text());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail", e);
    }
    return text.toString();
  }
}
