package io.limber.core.metrics;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What one source reports at one learner step: one line of {@code metrics.jsonl}. Immutable.
 *
 * <p>The measurements of a report are all reproducible or all not ({@link Metric#reproducible()}):
 * without the lines of the second kind, and the time of the others, two lockstep runs of one seed
 * write the same bytes. {@link #split} makes both reports from a mixture.
 *
 * @param source who reports, kebab-case with an index, for instance {@code learner-0}
 * @param step learner updates done
 * @param measurements the values, all at {@code step}, at least one, no metric twice
 */
public record Report(String source, long step, List<Measurement> measurements) {

  private static final Pattern SOURCE = Pattern.compile("[a-z][a-z0-9-]{0,63}");

  public Report {
    if (!SOURCE.matcher(source).matches()) {
      throw new IllegalArgumentException(
          "source = " + source + " must be kebab-case of at most 64 characters");
    }
    measurements = List.copyOf(measurements);
    if (measurements.isEmpty()) {
      throw new IllegalArgumentException(source + " reports nothing at step " + step);
    }
    checkEach(source, step, measurements);
  }

  /**
   * The report of {@code values}, in the order of the metric list.
   *
   * @throws IllegalArgumentException if {@code values} is empty, or reproducible and
   *     non-reproducible metrics are mixed
   */
  public static Report of(String source, long step, Map<Metric, Double> values) {
    List<Measurement> measurements = new ArrayList<>();
    values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> measurements.add(new Measurement(e.getKey(), step, e.getValue())));
    return new Report(source, step, measurements);
  }

  /** The reproducible values as one report and the others as another; none for no values. */
  public static List<Report> split(String source, long step, Map<Metric, Double> values) {
    Map<Metric, Double> reproducible = new EnumMap<>(Metric.class);
    Map<Metric, Double> wall = new EnumMap<>(Metric.class);
    values.forEach(
        (metric, value) -> (metric.reproducible() ? reproducible : wall).put(metric, value));
    List<Report> reports = new ArrayList<>();
    for (Map<Metric, Double> part : List.of(reproducible, wall)) {
      if (!part.isEmpty()) {
        reports.add(of(source, step, part));
      }
    }
    return List.copyOf(reports);
  }

  /** Whether its measurements are a pure function of config and seed in lockstep on a CPU. */
  public boolean reproducible() {
    return measurements.get(0).metric().reproducible();
  }

  private static void checkEach(String source, long step, List<Measurement> measurements) {
    Metric first = measurements.get(0).metric();
    EnumSet<Metric> seen = EnumSet.noneOf(Metric.class);
    for (Measurement m : measurements) {
      Metric metric = m.metric();
      if (m.step() != step) {
        throw new IllegalArgumentException(
            metric + " is at step " + m.step() + ", its report at " + step);
      }
      if (!seen.add(metric)) {
        throw new IllegalArgumentException(source + " reports " + metric + " twice");
      }
      if (metric.reproducible() != first.reproducible()) {
        throw new IllegalArgumentException(
            source
                + " mixes "
                + first
                + " and "
                + metric
                + ", of which one alone is reproducible: two runs of one seed could no longer be"
                + " compared line by line; use Report.split");
      }
    }
  }
}
