package io.limber.testkit.process;

import java.util.ArrayList;
import java.util.List;

/** How a figure of a process changes with time: the line of least squares. One owner. */
public final class Trend {

  private static final double NANOS_PER_MINUTE = 60e9;

  private final List<double[]> points = new ArrayList<>();

  /**
   * Adds what was seen.
   *
   * @param nanos by {@link System#nanoTime}
   */
  public void add(long nanos, double value) {
    points.add(new double[] {nanos / NANOS_PER_MINUTE, value});
  }

  /** How many points there are. */
  public int size() {
    return points.size();
  }

  /** The points from a fraction of them on, so that what a start takes is left out. */
  public Trend from(double fraction) {
    Trend later = new Trend();
    later.points.addAll(points.subList((int) (points.size() * fraction), points.size()));
    return later;
  }

  /**
   * The line's slope, in the unit of the values per minute.
   *
   * @throws IllegalStateException if there are fewer than two points
   */
  public double perMinute() {
    if (points.size() < 2) {
      throw new IllegalStateException(points.size() + " points make no line");
    }
    double meanX = mean(0);
    double meanY = mean(1);
    double xy = 0;
    double xx = 0;
    for (double[] point : points) {
      xy += (point[0] - meanX) * (point[1] - meanY);
      xx += (point[0] - meanX) * (point[0] - meanX);
    }
    return xy / xx;
  }

  /** The mean of all values. */
  public double mean() {
    return mean(1);
  }

  /** The largest value. */
  public double max() {
    return points.stream().mapToDouble(point -> point[1]).max().orElse(Double.NaN);
  }

  private double mean(int index) {
    return points.stream().mapToDouble(point -> point[index]).average().orElse(Double.NaN);
  }
}
