package io.limber.core.probe;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Numbers that belong together and are too many for metrics, for instance a learning curve. Equal
 * to another table of the same numbers, bit for bit.
 *
 * @param name kebab-case; part of a file's name
 * @param columns a name for each, no name twice, without commas, quotes and line breaks
 * @param rows as many numbers each as there are columns; copied in and out
 */
public record Table(String name, List<String> columns, List<double[]> rows) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final Pattern COLUMN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9/_.-]*");

  public Table {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "table name = " + name + " must be kebab-case of at most 64 characters");
    }
    columns = List.copyOf(columns);
    checkColumns(name, columns);
    int width = columns.size();
    for (double[] row : rows) {
      if (row.length != width) {
        throw new IllegalArgumentException(
            "table " + name + " has " + width + " columns, a row of it " + row.length + " numbers");
      }
    }
    rows = copy(rows);
  }

  /** A table of one row. */
  public static Table ofRow(String name, List<String> columns, double... row) {
    return new Table(name, columns, List.of(row));
  }

  @Override
  public List<double[]> rows() {
    return copy(rows);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Table table
        && name.equals(table.name)
        && columns.equals(table.columns)
        && Arrays.deepEquals(rows.toArray(), table.rows.toArray());
  }

  @Override
  public int hashCode() {
    return 31 * columns.hashCode() + Arrays.deepHashCode(rows.toArray());
  }

  private static void checkColumns(String name, List<String> columns) {
    if (columns.isEmpty() || new HashSet<>(columns).size() != columns.size()) {
      throw new IllegalArgumentException(
          "table " + name + " must have columns with names of their own, not " + columns);
    }
    for (String column : columns) {
      if (!COLUMN.matcher(column).matches()) {
        throw new IllegalArgumentException(
            "table " + name + " has a column of the name " + column + ", which files cannot hold");
      }
    }
  }

  private static List<double[]> copy(List<double[]> rows) {
    return rows.stream().map(double[]::clone).toList();
  }
}
