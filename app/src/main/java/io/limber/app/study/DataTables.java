package io.limber.app.study;

import io.limber.protos.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables of a report, by name; written as CSV and read back equal.
 *
 * @param tables no two of one name
 */
public record DataTables(List<DataTable> tables) {

  private static final String SUFFIX = ".csv";

  public DataTables {
    tables = List.copyOf(tables);
  }

  /**
   * A table by name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public DataTable get(String name) {
    return tables.stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no table " + name));
  }

  /** Writes {@code NAME.csv} for each table, in UTF-8. */
  public void write(Path folder) throws IOException {
    for (DataTable table : tables) {
      byte[] text = csv(table).getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(folder.resolve(table.name() + SUFFIX), out -> out.write(text));
    }
  }

  private static String csv(DataTable table) {
    return Stream.concat(Stream.of(table.columns()), table.rows().stream())
        .map(row -> row.stream().map(DataTables::plain).collect(Collectors.joining(",")) + "\n")
        .collect(Collectors.joining());
  }

  private static String plain(String value) {
    if (value.matches(".*[,\"\r\n].*")) {
      throw new IllegalArgumentException(
          "a CSV value here is free of commas, quotes, line breaks: " + value);
    }
    return value;
  }

  /** Reads all {@code .csv} files of a folder. */
  public static DataTables read(Path folder) throws IOException {
    Map<String, DataTable> tables = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList()) {
        String name = file.getFileName().toString().replace(SUFFIX, "");
        tables.put(name, readOne(name, file));
      }
    }
    return new DataTables(List.copyOf(tables.values()));
  }

  /** Reads one CSV file without quotes, as a report and a run's probes write them. */
  static DataTable readOne(String name, Path file) throws IOException {
    List<List<String>> rows =
        Files.readAllLines(file).stream().map(line -> List.of(line.split(",", -1))).toList();
    return new DataTable(name, rows.get(0), rows.subList(1, rows.size()));
  }
}
