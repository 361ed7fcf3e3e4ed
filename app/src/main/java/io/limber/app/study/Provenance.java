package io.limber.app.study;

import io.limber.app.batch.Cell;
import io.limber.app.console.Sizes;
import io.limber.app.run.MemoryPlan;
import io.limber.core.hash.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a report comes from.
 *
 * @param version of the program
 * @param configHash of the keys of all cells, finished or not, in their order
 * @param machine processor, memory, system and Java
 */
public record Provenance(String version, String configHash, String machine) {

  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  static Provenance of(String version, List<Cell> cells) {
    String keys = cells.stream().map(Cell::key).collect(Collectors.joining("\n"));
    return new Provenance(version, Sha256.of(keys.getBytes(StandardCharsets.UTF_8)), machineText());
  }

  private static String machineText() {
    return "%s, %d cores, %s memory, %s %s, Java %s"
        .formatted(
            processor(),
            Runtime.getRuntime().availableProcessors(),
            Sizes.text(MemoryPlan.physicalMemory()),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version());
  }

  private static String processor() {
    try {
      return Files.readAllLines(PROCESSOR).stream()
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("processor unknown");
    } catch (IOException e) {
      return "processor unknown"; // no Linux
    }
  }

  /** Names and values, in order. */
  Map<String, String> rows() {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("version", version);
    rows.put("config hash", configHash);
    rows.put("machine", machine);
    return rows;
  }
}
