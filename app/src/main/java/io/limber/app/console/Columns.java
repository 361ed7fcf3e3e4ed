package io.limber.app.console;

import java.util.List;
import java.util.stream.Collectors;

/** Cells in columns: the first one left-aligned, the others right-aligned. */
public final class Columns {

  private static final String GAP = "  ";

  private Columns() {}

  /**
   * One line for each row, indented by two blanks.
   *
   * @param rows with as many cells each
   */
  public static String text(List<List<String>> rows) {
    return rows.stream()
        .map(row -> line(row, rows))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String line(List<String> row, List<List<String>> rows) {
    StringBuilder line = new StringBuilder(GAP);
    for (int i = 0; i < row.size(); i++) {
      String cell = row.get(i);
      String blanks = " ".repeat(width(rows, i) - cell.length());
      line.append(i == 0 ? cell + blanks : GAP + blanks + cell);
    }
    return line.toString().stripTrailing();
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
