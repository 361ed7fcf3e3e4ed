package io.limber.numerics.probe;

import io.limber.core.probe.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Where the losses of one landscape are taken, and what is made of them: the slice along the random
 * direction, that along the eigenvector, then the grid, row by row along the random direction.
 *
 * @param extent distance to either end, in lengths of the directions
 * @param points on each slice, odd
 * @param gridPoints along either side of the grid, odd; 0 for no grid
 */
record LandscapePoints(double extent, int points, int gridPoints) {

  /** All of them. */
  int count() {
    return 2 * points + gridPoints * gridPoints;
  }

  /** One that is the snapshot itself. */
  int centre() {
    return points / 2;
  }

  /** Distance of point {@code i} from the snapshot along the random direction. */
  double alongRandom(int i) {
    if (i < points) {
      return distance(i, points);
    }
    return i < 2 * points ? 0 : distance((i - 2 * points) / gridPoints, gridPoints);
  }

  /** Distance of point {@code i} from the snapshot along the eigenvector. */
  double alongEigenvector(int i) {
    if (i < points) {
      return 0;
    }
    return i < 2 * points
        ? distance(i - points, points)
        : distance((i - 2 * points) % gridPoints, gridPoints);
  }

  /** Exactly 0 in the middle. */
  private double distance(int i, int of) {
    int middle = of / 2;
    return extent * (i - middle) / middle;
  }

  /** The largest loss on the first slice; none if one is not finite. */
  OptionalDouble largestAlongRandom(double[] losses) {
    return largest(losses, 0);
  }

  /** The largest loss on the second slice; none if one is not finite. */
  OptionalDouble largestAlongEigenvector(double[] losses) {
    return largest(losses, points);
  }

  private OptionalDouble largest(double[] losses, int from) {
    double[] slice = Arrays.copyOfRange(losses, from, from + points);
    return Arrays.stream(slice).allMatch(Double::isFinite)
        ? Arrays.stream(slice).max()
        : OptionalDouble.empty();
  }

  /** The losses as they are, those that are not finite included. */
  List<Table> tables(double[] losses) {
    List<double[]> alongRandom = new ArrayList<>();
    List<double[]> alongEigenvector = new ArrayList<>();
    List<double[]> grid = new ArrayList<>();
    for (int i = 0; i < count(); i++) {
      if (i < points) {
        alongRandom.add(new double[] {alongRandom(i), losses[i]});
      } else if (i < 2 * points) {
        alongEigenvector.add(new double[] {alongEigenvector(i), losses[i]});
      } else {
        grid.add(new double[] {alongRandom(i), alongEigenvector(i), losses[i]});
      }
    }
    List<Table> tables = new ArrayList<>();
    tables.add(new Table("random-slice", List.of("distance", "loss"), alongRandom));
    tables.add(new Table("eigenvector-slice", List.of("distance", "loss"), alongEigenvector));
    if (gridPoints > 0) {
      tables.add(new Table("grid", List.of("random", "eigenvector", "loss"), grid));
    }
    return tables;
  }
}
