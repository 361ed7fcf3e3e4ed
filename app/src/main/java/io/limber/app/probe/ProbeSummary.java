package io.limber.app.probe;

import io.limber.app.run.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the measuring of one snapshot ended.
 *
 * @param outcome failed if any measurement did
 * @param facts what was measured
 * @param reports finished measurements
 * @param failures reasons of those that failed, by name
 */
public record ProbeSummary(
    Outcome outcome,
    Map<String, Object> facts,
    List<ProbeReport> reports,
    Map<String, String> failures) {

  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>(facts);
    map.put("outcome", outcome.toString());
    map.put("measurements", reports.stream().map(ProbeReport::toMap).toList());
    map.put("failures", failures);
    return map;
  }
}
