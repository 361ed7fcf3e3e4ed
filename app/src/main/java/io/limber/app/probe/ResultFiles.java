package io.limber.app.probe;

import io.limber.app.json.Json;
import io.limber.core.metrics.Measurement;
import io.limber.core.probe.ProbeResult;
import io.limber.core.probe.ProbeTables;
import io.limber.core.probe.Table;
import io.limber.protos.AtomicFile;
import io.limber.streams.metrics.TableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what was measured: {@code PROBE-STEP.values.json} and {@code .values.csv}, and the tables
 * as a run writes them. Each file is there as a whole or not at all; one of that name gives way.
 *
 * @param folder made if it does not exist
 * @param facts what the measurement belongs to; the same for equal measurements, so that equal
 *     results are equal files
 */
record ResultFiles(Path folder, Map<String, Object> facts) {

  /**
   * Writes the result of one probe.
   *
   * @return names of the files
   */
  List<String> write(String probe, long step, ProbeInput input, ProbeResult result)
      throws IOException {
    String stem = probe + "-" + step;
    List<String> names = new ArrayList<>(List.of(stem + ".values.json", stem + ".values.csv"));
    if (!result.tables().isEmpty()) {
      TableFiles.write(folder, new ProbeTables(probe, step, result.tables()));
      names.add(stem + ".json");
      result.tables().stream()
          .map(Table::name)
          .map(n -> stem + "-" + n + ".csv")
          .forEach(names::add);
    }
    write(names.get(0), json(probe, step, input, result));
    write(names.get(1), csv(result));
    return names;
  }

  private String json(String probe, long step, ProbeInput input, ProbeResult result) {
    Map<String, Object> document = new LinkedHashMap<>(facts);
    document.put("measurement", probe);
    document.put("step", step);
    document.put("transitions", input.wanted());
    document.put("transitions-origin", input.origin());
    Map<String, Object> units = new LinkedHashMap<>();
    for (Measurement one : result.measurements()) {
      units.put(one.metric().id(), one.metric().unit().toString());
    }
    document.put("values", ProbeReport.values(result));
    document.put("units", units);
    return Json.document(document);
  }

  private static String csv(ProbeResult result) {
    StringBuilder text = new StringBuilder("metric,step,value,unit\n");
    for (Measurement one : result.measurements()) {
      text.append(one.metric().id()).append(',').append(one.step()).append(',');
      text.append(one.value()).append(',').append(one.metric().unit()).append('\n');
    }
    return text.toString();
  }

  private void write(String name, String text) throws IOException {
    AtomicFile.write(folder.resolve(name), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
