package io.limber.core.metrics;

import java.util.Arrays;

/** Renders {@code docs/metrics.md} from the list of metrics. Pure functions, any thread. */
public final class MetricsPage {

  /** The command that writes the page anew, from the root of the repository. */
  public static final String REGENERATE =
      "mvn -q -pl core test -Dtest=MetricsPageTest -Dlimber.regenerate=true";

  private static final String HEADER =
      """
      # Metrics

      Generated from `core/src/main/java/io/limber/core/metrics/Metric.java`; do not edit. A test fails when this page
      is stale. Write it anew with

      ```
      %s
      ```

      Every value is at a learner step, the clock of the run. *Seeded* values are a pure function of config and seed in
      a lockstep run on a CPU; the others depend on the wall clock or the machine. A line of `metrics.jsonl` holds one
      kind only, and `"wall": true` marks the second.

      ```
      {"time":"2026-01-31T12:00:00.000Z","source":"learner-0","step":1000,"values":{"learner/loss":0.25}}
      {"time":"2026-01-31T12:00:00.000Z","source":"process","step":1000,"wall":true,"values":{"process/cpu":1.9}}
      ```

      Values that are not finite are the strings `"NaN"`, `"Infinity"` and `"-Infinity"`, since JSON has no numbers for
      them. In TensorBoard a metric's tag is its id, followed by `/` and the source where a group can have several.
      """;

  private MetricsPage() {}

  /** The whole page, ending with a line break. */
  public static String render() {
    StringBuilder page = new StringBuilder(HEADER.formatted(REGENERATE));
    for (MetricGroup group : MetricGroup.values()) {
      renderGroup(group, page);
    }
    return page.toString();
  }

  private static void renderGroup(MetricGroup group, StringBuilder page) {
    page.append("\n## ").append(group.id()).append("\n\n").append(group.about());
    if (group.perSource()) {
      page.append(" There can be several sources.");
    }
    page.append("\n\n| metric | unit | seeded | definition | source | cost |\n");
    page.append("|---|---|---|---|---|---|\n");
    Arrays.stream(Metric.values())
        .filter(metric -> metric.group() == group)
        .forEach(metric -> page.append(row(metric)));
  }

  private static String row(Metric metric) {
    return "| `%s` | %s | %s | %s | %s | %s |\n"
        .formatted(
            metric.id(),
            metric.unit(),
            metric.reproducible() ? "yes" : "no",
            metric.formula(),
            metric.source(),
            metric.cost());
  }
}
