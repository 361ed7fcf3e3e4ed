package io.limber.app.statistics;

/**
 * An estimate and where its true value plausibly lies, in the unit of the estimate.
 *
 * @param estimate from the whole sample
 * @param low lower end, at most {@code high}
 * @param high upper end
 */
public record Interval(double estimate, double low, double high) {

  /** NaN ends say that the sample is too small for an interval. */
  static Interval unknownAround(double estimate) {
    return new Interval(estimate, Double.NaN, Double.NaN);
  }

  /** Whether both ends are known. */
  public boolean isKnown() {
    return !Double.isNaN(low) && !Double.isNaN(high);
  }

  /** Whether the interval is known and all of it lies above {@code value}. */
  public boolean isAbove(double value) {
    return low > value;
  }

  /** Whether the interval is known and all of it lies below {@code value}. */
  public boolean isBelow(double value) {
    return high < value;
  }
}
