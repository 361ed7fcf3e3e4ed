package io.limber.streams.metrics;

import io.limber.core.probe.ProbeTables;
import io.limber.core.probe.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Collectors;

/**
 * The tables of one measurement as files: {@code PROBE-STEP.json} with all of them, and {@code
 * PROBE-STEP-TABLE.csv} with one each. A file appears under its name when it is whole, or not at
 * all; one of that name gives way. Names need no escapes: {@link Table} refuses others.
 */
public final class TableFiles {

  private TableFiles() {}

  /**
   * Writes all files; the one with all tables last.
   *
   * @param folder made if it does not exist
   */
  public static void write(Path folder, ProbeTables tables) throws IOException {
    Files.createDirectories(folder);
    String stem = tables.probe() + "-" + tables.step();
    for (Table table : tables.tables()) {
      replace(folder.resolve(stem + "-" + table.name() + ".csv"), csv(table));
    }
    replace(folder.resolve(stem + ".json"), json(tables));
  }

  private static String csv(Table table) {
    StringBuilder text = new StringBuilder(String.join(",", table.columns())).append('\n');
    for (double[] row : table.rows()) {
      for (int i = 0; i < row.length; i++) {
        JsonLine.appendPlainNumber(text.append(i == 0 ? "" : ","), row[i]);
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String json(ProbeTables tables) {
    StringBuilder text = new StringBuilder("{\"probe\":\"").append(tables.probe());
    text.append("\",\"step\":").append(tables.step()).append(",\"tables\":{");
    String separator = "\n";
    for (Table table : tables.tables()) {
      appendTable(text.append(separator), table);
      separator = ",\n";
    }
    return text.append("}}\n").toString();
  }

  private static void appendTable(StringBuilder text, Table table) {
    text.append('"').append(table.name()).append("\":{\"columns\":");
    text.append(table.columns().stream().collect(Collectors.joining("\",\"", "[\"", "\"]")));
    text.append(",\"rows\":[");
    String separator = "\n";
    for (double[] row : table.rows()) {
      text.append(separator).append('[');
      for (int i = 0; i < row.length; i++) {
        JsonLine.appendNumber(text.append(i == 0 ? "" : ","), row[i]);
      }
      text.append(']');
      separator = ",\n";
    }
    text.append("]}");
  }

  private static void replace(Path file, String text) throws IOException {
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.write(part, text.getBytes(StandardCharsets.UTF_8));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
