package io.limber.app.figure;

/**
 * What an axis or a colour scale shows.
 *
 * @param label in words, not blank
 * @param unit of the numbers, for instance {@code updates}; empty for a number without unit
 * @param logarithmic whether equal distances are equal ratios; all values must then be positive
 * @param low where it begins; NaN for the least value shown
 * @param high where it ends; NaN for the greatest value shown
 */
public record Axis(String label, String unit, boolean logarithmic, double low, double high) {

  private static final int LONGEST_LINE = 35;

  public Axis {
    if (label.isBlank()) {
      throw new IllegalArgumentException("an axis needs a label");
    }
  }

  /** A linear axis. */
  public static Axis linear(String label, String unit) {
    return new Axis(label, unit, false, Double.NaN, Double.NaN);
  }

  /** A logarithmic axis. */
  public static Axis logarithmic(String label, String unit) {
    return new Axis(label, unit, true, Double.NaN, Double.NaN);
  }

  /** The same from {@code from} to {@code to}, so that several figures compare. */
  public Axis within(double from, double to) {
    return new Axis(label, unit, logarithmic, from, to);
  }

  boolean isBounded() {
    return Double.isFinite(low) && Double.isFinite(high);
  }

  String title() {
    return unit.isEmpty() ? label : label + " (" + unit + ")";
  }

  /** On two lines where one might be longer than a vertical axis. */
  String verticalTitle() {
    String title = title();
    return title.length() <= LONGEST_LINE ? title : title.replace(" (" + unit, "\n(" + unit);
  }
}
