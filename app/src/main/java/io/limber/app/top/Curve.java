package io.limber.app.top;

import java.util.ArrayList;
import java.util.List;

/**
 * A series of any length in bounded memory: neighbours become their mean whenever there are more
 * than {@value #MOST_POINTS} points. Values that are not finite are left out.
 */
final class Curve {

  static final int MOST_POINTS = 256;

  private final List<Double> points = new ArrayList<>();
  private int perPoint = 1;
  private double pendingSum;
  private int pending;

  void add(double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    pendingSum += value;
    if (++pending < perPoint) {
      return;
    }
    points.add(pendingSum / pending);
    pendingSum = 0;
    pending = 0;
    if (points.size() > MOST_POINTS) {
      halve();
    }
  }

  private void halve() {
    List<Double> means = new ArrayList<>();
    for (int i = 0; i + 1 < points.size(); i += 2) {
      means.add((points.get(i) + points.get(i + 1)) / 2);
    }
    if (points.size() % 2 == 1) { // half a point: it waits for the other half
      pendingSum = points.get(points.size() - 1) * perPoint;
      pending = perPoint;
    }
    points.clear();
    points.addAll(means);
    perPoint *= 2;
  }

  /** At most {@code width} means of equally many points, oldest first. */
  double[] resampled(int width) {
    int size = Math.min(width, points.size());
    double[] means = new double[size];
    for (int i = 0; i < size; i++) {
      int from = (int) ((long) i * points.size() / size);
      int to = (int) ((long) (i + 1) * points.size() / size);
      means[i] =
          points.subList(from, to).stream()
              .mapToDouble(Double::doubleValue)
              .average()
              .orElseThrow();
    }
    return means;
  }
}
