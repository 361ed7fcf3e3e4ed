package io.limber.app.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a page knows: it applies updates as the page's store does. */
final class Replica {

  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, List<Object>> series = new TreeMap<>();
  private final List<Object> notes = new ArrayList<>();
  private long version;

  /** Brings it up to date. */
  void catchUp(History history) throws IOException {
    long to = history.version();
    apply(parse(text(history, version)));
    version = to;
  }

  Map<String, List<Object>> series() {
    return series;
  }

  List<Object> notes() {
    return notes;
  }

  static String text(History history, long since) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      history.write(json, since);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static Config parse(String json) {
    return ConfigFactory.parseString(
        json, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
  }

  private void apply(Config update) {
    for (Object one : update.getList("series").unwrapped()) {
      List<?> parts = (List<?>) one;
      List<Object> curve =
          series.computeIfAbsent(parts.get(0) + "@" + parts.get(1), key -> new ArrayList<>());
      int from = ((Number) parts.get(2)).intValue();
      curve.subList(from, curve.size()).clear();
      curve.addAll((List<?>) parts.get(3));
    }
    notes.addAll(update.getList("notes").unwrapped());
  }
}
