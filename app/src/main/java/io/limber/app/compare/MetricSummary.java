package io.limber.app.compare;

import io.limber.core.metrics.Report;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What became of one metric in one run; values that are not finite count by themselves. */
final class MetricSummary {

  private final DoubleSummaryStatistics finite = new DoubleSummaryStatistics();
  private final Map<String, Double> latest = new HashMap<>();
  private double first = Double.NaN;
  private long notFinite;

  void add(Report report, double value) {
    if (finite.getCount() + notFinite == 0) {
      first = value;
    }
    latest.put(report.source(), value);
    if (Double.isFinite(value)) {
      finite.accept(value);
    } else {
      notFinite++;
    }
  }

  double first() {
    return first;
  }

  /** Mean over the sources. */
  double last() {
    return latest.values().stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** Sum over the sources, for what adds up. */
  double total() {
    return latest.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Over all reports. */
  double mean() {
    return finite.getCount() == 0 ? Double.NaN : finite.getAverage();
  }

  double smallest() {
    return finite.getCount() == 0 ? Double.NaN : finite.getMin();
  }

  double largest() {
    return finite.getCount() == 0 ? Double.NaN : finite.getMax();
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("first", first);
    map.put("last", last());
    map.put("smallest", smallest());
    map.put("largest", largest());
    map.put("mean", mean());
    map.put("values", finite.getCount() + notFinite);
    map.put("not-finite", notFinite);
    return map;
  }
}
