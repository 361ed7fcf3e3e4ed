package io.limber.numerics.probe;

import io.limber.core.config.Section;

/**
 * {@code limber.landscape}.
 *
 * @param loss that is looked at
 * @param transitions that it is a mean over
 * @param chunk transitions computed at once
 * @param extent distance from the snapshot to either end, in lengths of the directions
 * @param points losses on each slice, odd
 * @param gridPoints losses along either side of the grid, odd; 0 for no grid
 * @param maxOrder most products for the eigenvector, beside one for its residual
 * @param tolerance residual over the largest magnitude at which the eigenvalue counts as converged
 * @param memoryBudget bytes that its Lanczos basis may take
 */
public record LandscapeSettings(
    LossKind loss,
    int transitions,
    int chunk,
    double extent,
    int points,
    int gridPoints,
    int maxOrder,
    double tolerance,
    long memoryBudget) {

  /** Reads and checks the section. */
  public static LandscapeSettings from(Section limber) {
    Section section = limber.section("landscape");
    double extent = section.real("extent");
    section.require(
        extent > 0 && extent < Double.POSITIVE_INFINITY,
        "extent",
        extent,
        "be positive and finite, or all points are one");
    double tolerance = section.real("tolerance");
    section.require(
        tolerance > 0 && tolerance < 1, "tolerance", tolerance, "lie in (0, 1): it is a share");
    return new LandscapeSettings(
        section.constant("loss", LossKind.class),
        positive(section, "transitions"),
        positive(section, "chunk"),
        extent,
        points(section),
        gridPoints(section),
        positive(section, "max-order"),
        tolerance,
        section.bytes("memory-budget"));
  }

  private static int points(Section section) {
    int points = section.integer("points");
    section.require(
        points >= 3 && points % 2 == 1,
        "points",
        points,
        "be odd and at least 3, so that the snapshot lies between two others");
    return points;
  }

  private static int gridPoints(Section section) {
    int points = section.integer("grid-points");
    section.require(
        points == 0 || (points >= 3 && points <= 1001 && points % 2 == 1),
        "grid-points",
        points,
        "be odd, so that the snapshot is a point, and lie in [3, 1001], or be 0 for no grid");
    return points;
  }

  private static int positive(Section section, String key) {
    int value = section.integer(key);
    section.require(value >= 1, key, value, "be at least 1");
    return value;
  }

  /** Where the losses of one measurement are taken. */
  LandscapePoints places() {
    return new LandscapePoints(extent, points, gridPoints);
  }
}
