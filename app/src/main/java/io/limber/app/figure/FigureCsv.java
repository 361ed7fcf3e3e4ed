package io.limber.app.figure;

import io.limber.app.figure.FigureTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A figure's table as CSV (RFC 4180 with line feeds): a header, then a row per mark, numbers with
 * all their digits, an empty field for a number that is lacking.
 */
final class FigureCsv {

  private static final String HEADER = "panel,group,category,x,y,low,high,value";
  private static final int TEXTS = 3;
  private static final int COLUMNS = 8;

  private FigureCsv() {}

  static String write(FigureTable table) {
    return table.rows().stream()
        .map(FigureCsv::line)
        .collect(Collectors.joining("\n", HEADER + "\n", "\n"));
  }

  /**
   * @throws IllegalArgumentException if {@code csv} is not what {@link #write} wrote; names the
   *     record
   */
  static FigureTable read(String csv) {
    List<List<String>> records = records(csv);
    if (records.isEmpty() || !String.join(",", records.get(0)).equals(HEADER)) {
      throw new IllegalArgumentException("the first line must be " + HEADER);
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i < records.size(); i++) {
      rows.add(row(records.get(i), i + 1));
    }
    return new FigureTable(rows);
  }

  private static String line(Row row) {
    Stream<String> texts = Stream.of(row.panel(), row.group(), row.category());
    Stream<String> numbers =
        DoubleStream.of(row.x(), row.y(), row.low(), row.high(), row.value())
            .mapToObj(number -> Double.isNaN(number) ? "" : Double.toString(number));
    return Stream.concat(texts.map(FigureCsv::quoted), numbers).collect(Collectors.joining(","));
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static Row row(List<String> fields, int record) {
    if (fields.size() != COLUMNS) {
      throw new IllegalArgumentException(
          "record " + record + " has " + fields.size() + " fields, not " + COLUMNS);
    }
    double[] numbers = new double[COLUMNS - TEXTS];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(fields.get(TEXTS + i), record);
    }
    return new Row(
        fields.get(0),
        fields.get(1),
        fields.get(2),
        numbers[0],
        numbers[1],
        numbers[2],
        numbers[3],
        numbers[4]);
  }

  private static double number(String field, int record) {
    try {
      return field.isEmpty() ? Double.NaN : Double.parseDouble(field);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "record " + record + ": '" + field + "' is not a number", e);
    }
  }

  private static List<List<String>> records(String csv) {
    List<List<String>> records = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (c == '"') {
        // the second of two quotation marks within a quoted field stands for one
        boolean escaped = !quoted && i > 0 && csv.charAt(i - 1) == '"';
        field.append(escaped ? "\"" : "");
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\n')) {
        fields.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          records.add(List.copyOf(fields));
          fields.clear();
        }
      } else {
        field.append(c);
      }
    }
    return records;
  }
}
