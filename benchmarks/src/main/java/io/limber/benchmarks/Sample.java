package io.limber.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One figure of many events of one run: what it is, and how well that is known. */
public final class Sample {

  private final List<Double> values = new ArrayList<>();

  /** Adds the next event's value. */
  public void add(double value) {
    values.add(value);
  }

  /**
   * Number of events, median, mean with its standard error, standard deviation, and least, greatest
   * and quarter values; the number alone where there are none. Errors and deviations need two.
   */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("n", values.size());
    if (values.isEmpty()) {
      return json;
    }
    List<Double> sorted = values.stream().sorted().toList();
    json.put("median", rounded(quantile(sorted, 0.5)));
    json.put("mean", rounded(mean()));
    if (values.size() > 1) {
      json.put("standard-error", rounded(deviation() / Math.sqrt(values.size())));
      json.put("standard-deviation", rounded(deviation()));
    }
    json.put("min", rounded(sorted.get(0)));
    json.put("lower-quartile", rounded(quantile(sorted, 0.25)));
    json.put("upper-quartile", rounded(quantile(sorted, 0.75)));
    json.put("max", rounded(sorted.get(sorted.size() - 1)));
    return json;
  }

  private double mean() {
    return values.stream().mapToDouble(value -> value).average().orElseThrow();
  }

  /** Of what the events are a sample of: the sum of squares over n - 1. */
  private double deviation() {
    double mean = mean();
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.size() - 1));
  }

  /** Between two values by their distance. */
  private static double quantile(List<Double> sorted, double share) {
    double at = share * (sorted.size() - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (at - below) * (sorted.get(above) - sorted.get(below));
  }

  /** Four significant digits: the rest is noise. */
  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.4g", value));
  }
}
