package io.limber.streams.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;

/**
 * Compares the change of a straight line through the values of a window of learner steps. Its slope
 * is the median of the slopes between all pairs of points, so that a few values out of line do not
 * move it. Values that are close to each other are one point, their mean: at most {@value #BINS} +
 * 1 points are kept. Says nothing before there are {@value #LEAST_POINTS} points over at least half
 * of the window. Values that are not finite are passed over.
 *
 * @see "Sen (1968), Journal of the American Statistical Association 63(324)"
 */
final class TrendTracker implements Tracker {

  static final int BINS = 64;
  static final int LEAST_POINTS = 4;

  /** The values of one part of the window. */
  private static final class Point {
    private final long bin;
    private long newestStep;
    private double meanStep;
    private double meanValue;
    private long count;

    Point(long bin) {
      this.bin = bin;
    }

    void add(long step, double value) {
      newestStep = step;
      count++;
      meanStep += (step - meanStep) / count;
      meanValue += (value - meanValue) / count;
    }
  }

  private final DoublePredicate comparison;
  private final long window;
  private final boolean relative;
  private final List<Point> points = new ArrayList<>(); // by step

  /**
   * @param comparison of the change over the whole window
   * @param window in steps, positive
   * @param relative whether the change is divided by the size of the line's first value
   */
  TrendTracker(DoublePredicate comparison, long window, boolean relative) {
    this.comparison = comparison;
    this.window = window;
    this.relative = relative;
  }

  @Override
  public boolean holds(long step, Instant time, double value) {
    if (Double.isFinite(value)) {
      add(step, value);
    }
    return isKnown() && comparison.test(change());
  }

  private void add(long step, double value) {
    // Steps that come again follow a resume or a roll-back: what was measured there is void.
    points.removeIf(point -> point.newestStep >= step || point.newestStep < step - window);
    long bin = step / Math.max(1, window / BINS);
    if (points.isEmpty() || last().bin != bin) {
      points.add(new Point(bin));
    }
    last().add(step, value);
  }

  private boolean isKnown() {
    return points.size() >= LEAST_POINTS
        && last().newestStep - points.get(0).meanStep >= window / 2;
  }

  private double change() {
    double slope = slope();
    double origin =
        median(points.stream().mapToDouble(p -> p.meanValue - slope * p.meanStep).toArray());
    double first = origin + slope * points.get(0).meanStep;
    return slope * window / (relative ? Math.abs(first) : 1);
  }

  private double slope() {
    double[] slopes = new double[points.size() * (points.size() - 1) / 2];
    int next = 0;
    for (int i = 0; i < points.size(); i++) {
      for (int j = 0; j < i; j++) {
        Point later = points.get(i);
        Point earlier = points.get(j);
        slopes[next++] =
            (later.meanValue - earlier.meanValue) / (later.meanStep - earlier.meanStep);
      }
    }
    return median(slopes);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  private Point last() {
    return points.get(points.size() - 1);
  }
}
