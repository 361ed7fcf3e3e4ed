package io.limber.app.console;

import java.util.Map;
import java.util.stream.Collectors;

/** Names and values in two columns. */
public final class Table {

  private Table() {}

  /** One line for each entry, in order, indented by two blanks; the values line up. */
  public static String text(Map<String, String> rows) {
    int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    return rows.entrySet().stream()
        .map(row -> ("  %-" + width + "s  %s").formatted(row.getKey(), row.getValue()))
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
