package io.limber.app.compare;

import io.limber.app.console.Columns;
import io.limber.app.console.Durations;
import io.limber.app.console.Sizes;
import io.limber.core.metrics.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Runs in columns. */
public final class Comparison {

  private static final String NONE = "-";

  private final List<ComparedRun> runs;

  private Comparison(List<ComparedRun> runs) {
    this.runs = runs;
  }

  /**
   * Reads the runs' files.
   *
   * @param paths run folders, in the order of the columns
   * @throws io.limber.app.run.RunFolderException if one is none
   */
  public static Comparison of(List<Path> paths) throws IOException {
    List<ComparedRun> runs = new ArrayList<>();
    for (Path path : paths) {
      runs.add(ComparedRun.read(path));
    }
    return new Comparison(runs);
  }

  /** For people: what was reached, then the keys in which the configurations differ. */
  public String text() {
    String differences =
        differences().isEmpty()
            ? "The configurations are equal."
            : "Configuration, where it differs" + System.lineSeparator() + columns(configRows());
    return columns(valueRows()) + System.lineSeparator() + System.lineSeparator() + differences;
  }

  private static String columns(List<List<String>> rows) {
    return Columns.text(rows);
  }

  /** For scripts: every metric, and the keys that differ. */
  public Map<String, Object> toMap() {
    List<Map<String, Object>> each = new ArrayList<>();
    for (ComparedRun run : runs) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("run", run.path().toString());
      map.put("outcome", run.outcome());
      map.put("seconds", run.duration().toMillis() / 1000.0);
      Map<String, Object> metrics = new LinkedHashMap<>();
      run.metrics().forEach((metric, summary) -> metrics.put(metric.id(), summary.toMap()));
      map.put("metrics", metrics);
      Map<String, Object> config = new LinkedHashMap<>();
      differences().forEach(key -> config.put(key, run.config().get(key)));
      map.put("config-differences", config);
      each.add(map);
    }
    return Map.of("runs", each);
  }

  private List<List<String>> valueRows() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("", ComparedRun::name));
    rows.add(row("outcome", ComparedRun::outcome));
    rows.add(row("time", run -> Durations.text(run.duration())));
    add(rows, "updates", Metric.LEARNER_UPDATES, MetricSummary::last, "%,.0f");
    add(rows, "environment steps", Metric.ENVIRONMENT_STEPS, MetricSummary::total, "%,.0f");
    add(rows, "reward, last", Metric.ENVIRONMENT_MEAN_REWARD, MetricSummary::last, "%.4g");
    add(rows, "reward, best", Metric.ENVIRONMENT_MEAN_REWARD, MetricSummary::largest, "%.4g");
    add(rows, "return, last", Metric.ENVIRONMENT_MEAN_RETURN, MetricSummary::last, "%.4g");
    add(rows, "return, best", Metric.ENVIRONMENT_MEAN_RETURN, MetricSummary::largest, "%.4g");
    add(rows, "greedy reward", Metric.EVALUATION_MEAN_REWARD, MetricSummary::last, "%.4g");
    add(rows, "loss, last", Metric.LEARNER_LOSS, MetricSummary::last, "%.4g");
    add(rows, "loss, lowest", Metric.LEARNER_LOSS, MetricSummary::smallest, "%.4g");
    add(rows, "plasticity, first", Metric.PLASTICITY, MetricSummary::first, "%.4g");
    add(rows, "plasticity, last", Metric.PLASTICITY, MetricSummary::last, "%.4g");
    add(rows, "plasticity, lowest", Metric.PLASTICITY, MetricSummary::smallest, "%.4g");
    add(rows, "sharpness, last", Metric.HESSIAN_LARGEST_EIGENVALUE, MetricSummary::last, "%.4g");
    add(rows, "dead units, last", Metric.STATISTICS_DEAD_FRACTION, MetricSummary::last, "%.3f");
    add(rows, "feature rank, last", Metric.STATISTICS_FEATURE_RANK, MetricSummary::last, "%.4g");
    add(rows, "weight norm, last", Metric.STATISTICS_WEIGHT_NORM, MetricSummary::last, "%.4g");
    add(rows, "updates/s, mean", Metric.LEARNER_UPDATES_PER_SECOND, MetricSummary::mean, "%,.1f");
    add(rows, "steps/s, mean", Metric.ENVIRONMENT_STEPS_PER_SECOND, MetricSummary::mean, "%,.0f");
    add(rows, "cores, mean", Metric.PROCESS_CPU, MetricSummary::mean, "%.2f");
    rows.add(row("memory, most", Comparison::memory));
    add(rows, "alerts fired", Metric.ALERT_FIRED, MetricSummary::total, "%.0f");
    // what no run measured says nothing
    rows.removeIf(row -> row.stream().skip(1).allMatch(NONE::equals));
    return rows;
  }

  private void add(
      List<List<String>> rows,
      String label,
      Metric metric,
      ToDoubleFunction<MetricSummary> value,
      String format) {
    rows.add(
        row(
            label,
            run ->
                run.metric(metric)
                    .map(m -> String.format(Locale.ROOT, format, value.applyAsDouble(m)))
                    .orElse(NONE)));
  }

  private static String memory(ComparedRun run) {
    return run.metric(Metric.PROCESS_RESIDENT_MEMORY)
        .map(summary -> Sizes.text((long) summary.largest()))
        .orElse(NONE);
  }

  private List<List<String>> configRows() {
    return differences().stream()
        .map(key -> row(key, run -> run.config().getOrDefault(key, NONE)))
        .toList();
  }

  private List<String> row(String label, Function<ComparedRun, String> cell) {
    List<String> row = new ArrayList<>(List.of(label));
    runs.forEach(run -> row.add(cell.apply(run)));
    return row;
  }

  private Set<String> differences() {
    Set<String> keys = new TreeSet<>();
    runs.forEach(run -> keys.addAll(run.config().keySet()));
    keys.removeIf(key -> runs.stream().map(run -> run.config().get(key)).distinct().count() == 1);
    return keys;
  }
}
