package io.limber.app.study;

import io.limber.app.run.RunFolder;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.streams.metrics.JsonLinesReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a finished cell measured. Reads its metrics once; not thread-safe. */
public final class FinishedCell {

  /**
   * One value.
   *
   * @param source who reported it
   * @param step learner updates
   * @param value in the metric's unit
   */
  public record Point(String source, long step, double value) {}

  private final StudyCell cell;
  private final RunFolder folder;
  private Map<Metric, List<Point>> points;

  /**
   * @param cell what it was
   * @param folder of its run
   */
  public FinishedCell(StudyCell cell, Path folder) {
    this.cell = cell;
    this.folder = new RunFolder(folder);
  }

  /** What was chosen on an axis of the study, for instance {@code seed}. */
  public String choice(String axis) {
    String chosen = cell.choices().get(axis);
    if (chosen == null) {
      throw new IllegalArgumentException("no axis " + axis + " among " + cell.choices().keySet());
    }
    return chosen;
  }

  /** Its run folder. */
  public Path folder() {
    return folder.path();
  }

  /** Every value of a metric in order of its report; none if it was never reported. */
  public List<Point> points(Metric metric) throws IOException {
    if (points == null) {
      Map<Metric, List<Point>> all = new EnumMap<>(Metric.class);
      new JsonLinesReader(folder.metrics())
          .read(
              line -> {
                for (Measurement one : line.report().measurements()) {
                  all.computeIfAbsent(one.metric(), m -> new ArrayList<>())
                      .add(new Point(line.report().source(), one.step(), one.value()));
                }
              });
      points = all;
    }
    return points.getOrDefault(metric, List.of());
  }

  /** Values of a metric by step; the mean over those who reported at the same step. */
  public SortedMap<Long, Double> series(Metric metric) throws IOException {
    Map<Long, List<Double>> byStep = new TreeMap<>();
    for (Point point : points(metric)) {
      byStep.computeIfAbsent(point.step(), step -> new ArrayList<>()).add(point.value());
    }
    SortedMap<Long, Double> means = new TreeMap<>();
    byStep.forEach(
        (step, values) ->
            means.put(
                step, values.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
    return means;
  }

  /**
   * The tables of one name that a probe wrote, by step.
   *
   * @param probe for instance {@code plasticity}
   * @param table for instance {@code learning-curve}
   */
  public SortedMap<Long, DataTable> tables(String probe, String table) throws IOException {
    Pattern name =
        Pattern.compile(Pattern.quote(probe) + "-(\\d+)-" + Pattern.quote(table) + "\\.csv");
    SortedMap<Long, DataTable> tables = new TreeMap<>();
    Path probes = folder.path().resolve("probes");
    if (Files.isDirectory(probes)) {
      try (Stream<Path> files = Files.list(probes)) {
        for (Path file : files.toList()) {
          Matcher matcher = name.matcher(file.getFileName().toString());
          if (matcher.matches()) {
            tables.put(Long.valueOf(matcher.group(1)), DataTables.readOne(table, file));
          }
        }
      }
    }
    return tables;
  }
}
