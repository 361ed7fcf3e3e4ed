package io.limber.app.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One table of a file in {@code probes/}, thinned for a chart. */
final class TableFile {

  private static final JsonFactory JSON = new JsonFactory();

  /** A covariance matrix of 1,000 examples; larger ones are for other tools. */
  static final long MOST_BYTES = 32 << 20;

  private TableFile() {}

  /**
   * The object {@code {"step", "columns", "rows"}} as text; empty if the file has no such table.
   *
   * @param mostRows every n-th row, so that there are no more
   * @throws IOException if the file is too large, or not one that {@code TableFiles} wrote
   */
  static String read(Path file, long step, String table, int mostRows) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " is larger than " + MOST_BYTES + " bytes");
    }
    try (JsonParser json = JSON.createParser(file.toFile())) {
      return find(json, table) ? thinned(json, step, mostRows) : "";
    }
  }

  /** Moves to the object of the table. */
  private static boolean find(JsonParser json, String table) throws IOException {
    json.nextToken();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean tables = json.currentName().equals("tables");
      json.nextToken();
      if (!tables) {
        json.skipChildren();
        continue;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = json.currentName().equals(table);
        json.nextToken();
        if (found) {
          return true;
        }
        json.skipChildren();
      }
    }
    return false;
  }

  private static String thinned(JsonParser json, long step, int mostRows) throws IOException {
    List<String> columns = List.of();
    List<List<String>> rows = List.of();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      if (field.equals("columns")) {
        columns = texts(json);
      } else if (field.equals("rows")) {
        rows = rows(json);
      } else {
        json.skipChildren();
      }
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      write(out, step, columns, rows, Math.max(1, (rows.size() + mostRows - 1) / mostRows));
    }
    return text.toString();
  }

  private static List<List<String>> rows(JsonParser json) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    while (json.nextToken() == JsonToken.START_ARRAY) {
      rows.add(texts(json));
    }
    return rows;
  }

  private static List<String> texts(JsonParser json) throws IOException {
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY && json.currentToken() != null) {
      texts.add(json.getText());
    }
    return texts;
  }

  private static void write(
      JsonGenerator out, long step, List<String> columns, List<List<String>> rows, int stride)
      throws IOException {
    out.writeStartObject();
    out.writeNumberField("step", step);
    out.writeArrayFieldStart("columns");
    for (String column : columns) {
      out.writeString(column);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("rows");
    for (int i = 0; i < rows.size(); i += stride) {
      out.writeStartArray();
      for (String number : rows.get(i)) {
        writeNumber(out, number);
      }
      out.writeEndArray();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  /** With the digits that a chart can show; what is not finite becomes null. */
  private static void writeNumber(JsonGenerator out, String text) throws IOException {
    float value = (float) Double.parseDouble(text);
    if (!Float.isFinite(value)) {
      out.writeNull();
    } else if (value == Math.rint(value) && Math.abs(value) < 1 << 24) {
      out.writeNumber((int) value);
    } else {
      out.writeNumber(value);
    }
  }
}
