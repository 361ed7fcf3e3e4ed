package io.limber.app.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a logarithmic axis has ticks, and what stands at them. Lets-Plot's own labels keep one
 * decimal, so that it writes 0.01 as 0.0.
 *
 * @param values ascending, at least one
 */
record LogTicks(List<Double> values) {

  private static final int FEW = 4; // decades
  private static final double ROUNDING = 1.001;

  LogTicks {
    values = List.copyOf(values);
  }

  /**
   * Ticks for numbers from {@code low} to {@code high}, both positive: 1, 2 and 5 of each power of
   * ten within one decade, 1 and 3 within four, else every power or every few.
   */
  static LogTicks of(double low, double high) {
    double decades = Math.log10(high / low);
    List<Integer> factors =
        decades <= 1.5 ? List.of(1, 2, 5) : decades <= FEW ? List.of(1, 3) : List.of(1);
    int stride = decades <= 2 * FEW ? 1 : (int) Math.ceil(decades / (2 * FEW));
    int first = Math.floorDiv((int) Math.floor(Math.log10(low)), stride) * stride;
    List<Double> values = new ArrayList<>();
    for (int power = first; power <= Math.ceil(Math.log10(high)); power += stride) {
      for (int factor : factors) {
        double value = factor * Math.pow(10, power);
        if (value >= low / ROUNDING && value <= high * ROUNDING) {
          values.add(value);
        }
      }
    }
    return new LogTicks(values.isEmpty() ? List.of(Math.sqrt(low * high)) : values);
  }

  /** What stands at each: plain numbers, or powers of ten for all if one needs them. */
  List<String> labels() {
    boolean plain = values.get(0) > 0.9e-3 && values.get(values.size() - 1) < 1e6;
    return values.stream().map(value -> label(value, plain)).toList();
  }

  private static String label(double value, boolean plain) {
    int power = (int) Math.floor(Math.log10(value * ROUNDING));
    if (plain) {
      return String.format(Locale.ROOT, "%,." + Math.max(0, -power) + "f", value);
    }
    long factor = Math.round(value / Math.pow(10, power));
    return (factor == 1 ? "" : factor + "×") + "10" + superscript(power);
  }

  private static String superscript(int power) {
    StringBuilder digits = new StringBuilder();
    for (char c : Integer.toString(power).toCharArray()) {
      digits.append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0'));
    }
    return digits.toString();
  }
}
