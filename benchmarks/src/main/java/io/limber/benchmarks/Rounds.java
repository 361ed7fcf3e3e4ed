package io.limber.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * One figure measured several times. Machines are shared and noisy: what is compared is measured in
 * the same round, round after round, and the median of the rounds is the answer.
 */
public final class Rounds {

  private final List<Double> values = new ArrayList<>();

  /** Adds the next round's value. */
  public void add(double value) {
    values.add(value);
  }

  /** {@code this / other}, round by round. */
  public Rounds over(Rounds other) {
    return combine(other, (mine, theirs) -> mine / theirs);
  }

  /** Every value times {@code factor}. */
  public Rounds times(double factor) {
    return combine(this, (value, same) -> value * factor);
  }

  /** Median, least and greatest value and the number of rounds. */
  public Map<String, Object> toJson() {
    List<Double> sorted = values.stream().sorted().toList();
    var json = new LinkedHashMap<String, Object>();
    json.put("median", rounded(sorted.get(sorted.size() / 2)));
    json.put("min", rounded(sorted.get(0)));
    json.put("max", rounded(sorted.get(sorted.size() - 1)));
    json.put("rounds", sorted.size());
    return json;
  }

  private Rounds combine(Rounds other, DoubleBinaryOperator operator) {
    var combined = new Rounds();
    for (int i = 0; i < values.size(); i++) {
      combined.add(operator.applyAsDouble(values.get(i), other.values.get(i)));
    }
    return combined;
  }

  /** Four significant digits: the rest is noise. */
  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.4g", value));
  }
}
