package io.limber.app.dashboard;

import io.limber.app.json.Json;
import io.limber.core.metrics.Metric;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every metric means, for the page: from the one list that defines them. */
final class MetricCatalogue {

  private MetricCatalogue() {}

  static String json() {
    Map<String, Object> metrics = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      metrics.put(
          metric.id(),
          Map.of(
              "unit", metric.unit().toString(),
              "formula", metric.formula(),
              "source", metric.source(),
              "cumulative", metric.cumulative()));
    }
    return Json.line(metrics);
  }
}
