package io.limber.numerics.probe;

import io.limber.core.config.Section;

/**
 * {@code limber.hessian}.
 *
 * @param loss whose second derivatives are taken
 * @param transitions that it is a mean over
 * @param chunk transitions computed at once
 * @param memoryBudget bytes that a Lanczos basis may take
 * @param eigenvalues wanted of each end of the spectrum
 * @param maxOrder most products for the extreme eigenvalues
 * @param tolerance residual over the largest magnitude at which an eigenvalue counts as converged
 * @param traceProducts sign vectors for the trace
 * @param densityOrder products per draw of the spectral density
 * @param draws start vectors of the spectral density
 * @param relativeWidth standard deviation of its kernel over the range of the spectrum
 */
public record HessianSettings(
    LossKind loss,
    int transitions,
    int chunk,
    long memoryBudget,
    int eigenvalues,
    int maxOrder,
    double tolerance,
    int traceProducts,
    int densityOrder,
    int draws,
    double relativeWidth) {

  /** Reads and checks the section. */
  public static HessianSettings from(Section limber) {
    Section section = limber.section("hessian");
    Section eigenvalues = section.section("eigenvalues");
    Section density = section.section("density");
    double tolerance = eigenvalues.real("tolerance");
    eigenvalues.require(
        tolerance > 0 && tolerance < 1, "tolerance", tolerance, "lie in (0, 1): it is a share");
    int count = atLeast(eigenvalues, "count", 1);
    int maxOrder = eigenvalues.integer("max-order");
    eigenvalues.require(
        maxOrder >= 2 * count,
        "max-order",
        maxOrder,
        "be at least 2 x count = " + 2 * count + ", or both ends could not be told apart");
    double width = density.real("relative-width");
    density.require(
        width >= 1e-4 && width <= 1,
        "relative-width",
        width,
        "lie in [1e-4, 1]: a narrower kernel takes a grid of over 20,000 points");
    return new HessianSettings(
        section.constant("loss", LossKind.class),
        atLeast(section, "transitions", 1),
        atLeast(section, "chunk", 1),
        section.bytes("memory-budget"),
        count,
        maxOrder,
        tolerance,
        atLeast(section, "trace-products", 2),
        atLeast(density, "order", 1),
        atLeast(density, "draws", 1),
        width);
  }

  private static int atLeast(Section section, String key, int least) {
    int value = section.integer(key);
    section.require(value >= least, key, value, "be at least " + least);
    return value;
  }

  /** Hessian-vector products of one measurement, at most. */
  int products() {
    return maxOrder + 2 * eigenvalues + traceProducts + densityOrder * draws;
  }
}
