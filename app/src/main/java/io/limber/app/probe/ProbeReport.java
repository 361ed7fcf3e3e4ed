package io.limber.app.probe;

import io.limber.app.console.Durations;
import io.limber.core.metrics.Measurement;
import io.limber.core.probe.ProbeResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One finished measurement.
 *
 * @param probe its name
 * @param step of the snapshot
 * @param input what it was measured with
 * @param result what was found
 * @param duration wall-clock time of the measurement
 * @param files where it was written, names in the output folder
 */
record ProbeReport(
    String probe,
    long step,
    ProbeInput input,
    ProbeResult result,
    Duration duration,
    List<String> files) {

  /** For JSON. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("measurement", probe);
    map.put("step", step);
    map.put("transitions", input.wanted());
    map.put("transitions-origin", input.origin());
    map.put("seconds", duration.toMillis() / 1000.0);
    map.put("values", values(result));
    map.put("files", files);
    return map;
  }

  /** Each metric's value by its id; one that is not finite as text, as in a run's metrics. */
  static Map<String, Object> values(ProbeResult result) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Measurement one : result.measurements()) {
      double value = one.value();
      values.put(one.metric().id(), Double.isFinite(value) ? value : Double.toString(value));
    }
    return values;
  }

  String title() {
    return probe + " at step " + step + ", " + input.text() + ", " + Durations.text(duration);
  }

  /** For people. */
  Map<String, String> toRows() {
    Map<String, String> rows = new LinkedHashMap<>();
    for (Measurement one : result.measurements()) {
      rows.put(
          one.metric().id(),
          String.format(Locale.ROOT, "%-14.7g %s", one.value(), one.metric().unit()));
    }
    rows.put("files", String.join(" ", files));
    return rows;
  }
}
