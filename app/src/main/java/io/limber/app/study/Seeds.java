package io.limber.app.study;

import io.limber.app.figure.FigureTable.Row;
import io.limber.app.statistics.Summary;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** From rows of single seeds to means with spreads, and to numbers for each seed. */
final class Seeds {

  private Seeds() {}

  /** A point at the mean of a column, with a band of one standard deviation to either side. */
  static List<Row> point(String panel, String group, double x, DataTable table, String column) {
    return of(table.numbers(column), s -> band(s, panel, group, x, DoubleUnaryOperator.identity()));
  }

  /** As {@link #point}, of positive numbers: mean and deviation are those of their logarithms. */
  static List<Row> geometric(String panel, String group, double x, DataTable table, String column) {
    return power(panel, group, x, Arrays.stream(table.numbers(column)).map(Math::log10).toArray());
  }

  /** As {@link #geometric}, of a column that holds decimal logarithms already. */
  static List<Row> power(String panel, String group, double x, DataTable table, String column) {
    return power(panel, group, x, table.numbers(column));
  }

  private static List<Row> power(String panel, String group, double x, double[] logarithms) {
    return of(logarithms, s -> band(s, panel, group, x, y -> Math.pow(10, y)));
  }

  private static Row band(
      Summary s, String panel, String group, double x, DoubleUnaryOperator scale) {
    return Row.point(
        panel,
        group,
        x,
        scale.applyAsDouble(s.mean()),
        scale.applyAsDouble(s.mean() - s.sd()),
        scale.applyAsDouble(s.mean() + s.sd()));
  }

  /** A bar as high as the mean of a column, with a standard deviation to either side. */
  static List<Row> bar(
      String panel, String group, String category, DataTable table, String column) {
    return of(
        table.numbers(column),
        s -> Row.bar(panel, group, category, s.mean(), s.mean() - s.sd(), s.mean() + s.sd()));
  }

  /** The row of those numbers that are finite; none for none. */
  private static List<Row> of(double[] numbers, Function<Summary, Row> row) {
    double[] finite = finite(numbers);
    return finite.length == 0 ? List.of() : List.of(row.apply(Summary.of(finite)));
  }

  /** A number for each seed of the table: of that seed's rows; seeds in order. */
  static double[] each(DataTable table, ToDoubleFunction<DataTable> number) {
    return table.distinct("seed").stream()
        .mapToDouble(seed -> number.applyAsDouble(table.where("seed", seed)))
        .toArray();
  }

  /** For each seed that is in both tables, the first's mean of a column less the second's. */
  static double[] difference(DataTable first, DataTable second, String column) {
    Map<String, Double> ofSecond = means(second, column);
    Map<String, Double> ofFirst = means(first, column);
    return ofFirst.entrySet().stream()
        .filter(entry -> ofSecond.containsKey(entry.getKey()))
        .mapToDouble(entry -> entry.getValue() - ofSecond.get(entry.getKey()))
        .toArray();
  }

  /** Mean of a column for each seed, over its finite values; in order of the seeds' names. */
  static Map<String, Double> means(DataTable table, String column) {
    Map<String, Double> means = new TreeMap<>();
    for (String seed : table.distinct("seed")) {
      Arrays.stream(finite(table.where("seed", seed).numbers(column)))
          .average()
          .ifPresent(mean -> means.put(seed, mean));
    }
    return means;
  }

  static double[] finite(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).toArray();
  }

  /** For captions: how many there are of each mark. */
  static String count(DataTable table) {
    int seeds = table.distinct("seed").size();
    return "n = " + seeds + (seeds == 1 ? " seed" : " seeds");
  }
}
