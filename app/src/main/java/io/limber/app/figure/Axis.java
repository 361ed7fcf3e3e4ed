package io.limber.app.figure;

/**
 * What an axis or a colour scale shows.
 *
 * @param label in words, not blank
 * @param unit of the numbers, for instance {@code updates}; empty for a number without unit
 * @param logarithmic whether equal distances are equal ratios; all values must then be positive
 */
public record Axis(String label, String unit, boolean logarithmic) {

  public Axis {
    if (label.isBlank()) {
      throw new IllegalArgumentException("an axis needs a label");
    }
  }

  /** A linear axis. */
  public static Axis linear(String label, String unit) {
    return new Axis(label, unit, false);
  }

  /** A logarithmic axis. */
  public static Axis logarithmic(String label, String unit) {
    return new Axis(label, unit, true);
  }

  String title() {
    return unit.isEmpty() ? label : label + " (" + unit + ")";
  }
}
