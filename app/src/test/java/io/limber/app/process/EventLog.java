package io.limber.app.process;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The metrics of a run, also while another process still writes them. */
record EventLog(Path run) {

  /** Newest value of a metric, summed over its sources; 0 where there is none yet. */
  double sum(String metric) throws IOException {
    Map<String, Double> newest = new TreeMap<>();
    Path file = run.resolve("metrics.jsonl");
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        if (line.contains('"' + metric + '"') && line.endsWith("}")) {
          Config report = TargetUpdateAudit.json(line);
          newest.put(
              report.getString("source"), report.getConfig("values").getDouble('"' + metric + '"'));
        }
      }
    }
    return newest.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
