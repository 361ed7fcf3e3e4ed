package io.limber.app.study;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A table of a report: numbers and labels as they stand in its CSV file. Immutable.
 *
 * @param name kebab-case; name of its file
 * @param columns names, for instance {@code optimizer}, {@code seed}, {@code step}
 * @param rows a text for each column; empty for a value that there is not; no commas, quotes or
 *     line breaks
 */
public record DataTable(String name, List<String> columns, List<List<String>> rows) {

  public DataTable {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "table %s has %d columns, a row of it %d values"
                .formatted(name, columns.size(), row.size()));
      }
    }
  }

  /** Its rows, by name of column. */
  public List<Row> all() {
    return rows.stream().map(row -> new Row(columns, row)).toList();
  }

  /** The table of those rows that have {@code value} in {@code column}. */
  public DataTable where(String column, Object value) {
    return filter(row -> row.text(column).equals(String.valueOf(value)));
  }

  /** The table of the rows that are wanted. */
  public DataTable filter(Predicate<Row> wanted) {
    return new DataTable(
        name, columns, all().stream().filter(wanted).map(row -> row.values).toList());
  }

  /** What stands in a column, each once, in order of appearance. */
  public List<String> distinct(String column) {
    return all().stream().map(row -> row.text(column)).distinct().toList();
  }

  /** The numbers of a column; NaN where there is none. */
  public double[] numbers(String column) {
    return all().stream().mapToDouble(row -> row.number(column)).toArray();
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /**
   * One row.
   *
   * @param columns of the table
   * @param values as many
   */
  public record Row(List<String> columns, List<String> values) {

    /**
     * @throws IllegalArgumentException if there is no such column
     */
    public String text(String column) {
      int place = columns.indexOf(column);
      if (place < 0) {
        throw new IllegalArgumentException("no column " + column + " among " + columns);
      }
      return values.get(place);
    }

    /** The number in a column; NaN where there is none. */
    public double number(String column) {
      String text = text(column);
      return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }
  }

  /** Collects rows of one table. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    public Builder(String name, String... columns) {
      this.name = name;
      this.columns = List.of(columns);
    }

    /** Adds a row; whole numbers are written without a fraction. */
    public Builder row(Object... values) {
      List<String> row = new ArrayList<>();
      for (Object value : values) {
        row.add(text(value));
      }
      rows.add(row);
      return this;
    }

    private static String text(Object value) {
      if (value instanceof Double number) {
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
        return whole ? Long.toString(number.longValue()) : Double.toString(number);
      }
      return String.valueOf(value);
    }

    public DataTable build() {
      return new DataTable(name, columns, rows);
    }
  }
}
