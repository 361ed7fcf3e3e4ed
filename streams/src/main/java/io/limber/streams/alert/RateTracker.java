package io.limber.streams.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.DoublePredicate;

/**
 * Compares how fast a count grows, per second of wall-clock time, over a window. Says nothing
 * before half of the window has passed, and begins anew where the count falls.
 */
final class RateTracker implements Tracker {

  /** Of the window between two values that are kept: a bound on memory. */
  private static final int MOST_POINTS = 256;

  private record Point(Instant time, double value) {}

  private final DoublePredicate comparison;
  private final Duration window;
  private final Deque<Point> points = new ArrayDeque<>();

  /**
   * @param window positive
   */
  RateTracker(DoublePredicate comparison, Duration window) {
    this.comparison = comparison;
    this.window = window;
  }

  @Override
  public boolean holds(long step, Instant time, double value) {
    if (!Double.isFinite(value)) {
      return false;
    }
    if (!points.isEmpty() && value < points.getLast().value) {
      points.clear();
    }
    while (!points.isEmpty() && points.getFirst().time.isBefore(time.minus(window))) {
      points.removeFirst();
    }
    Point newest = new Point(time, value);
    if (points.isEmpty()
        || !time.isBefore(points.getLast().time.plus(window.dividedBy(MOST_POINTS)))) {
      points.add(newest);
    }
    Duration length = Duration.between(points.getFirst().time, time);
    return length.multipliedBy(2).compareTo(window) >= 0
        && comparison.test((value - points.getFirst().value) / (1e-9 * length.toNanos()));
  }
}
