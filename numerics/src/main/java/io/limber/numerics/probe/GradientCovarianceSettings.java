package io.limber.numerics.probe;

import io.limber.core.config.Section;

/**
 * {@code limber.gradient-covariance}.
 *
 * @param loss whose gradients are compared
 * @param examples k, at least 2
 * @param clusters by which rows and columns are ordered
 * @param restarts runs of k-means, of which the best counts
 */
public record GradientCovarianceSettings(LossKind loss, int examples, int clusters, int restarts) {

  /** Reads and checks the section. */
  public static GradientCovarianceSettings from(Section limber) {
    Section section = limber.section("gradient-covariance");
    int examples = section.integer("examples");
    section.require(examples >= 2, "examples", examples, "be at least 2, or there is no pair");
    int clusters = section.integer("clusters");
    section.require(
        clusters >= 1 && clusters <= examples,
        "clusters",
        clusters,
        "lie in [1, gradient-covariance.examples = " + examples + "]");
    int restarts = section.integer("restarts");
    section.require(restarts >= 1, "restarts", restarts, "be at least 1");
    return new GradientCovarianceSettings(
        section.constant("loss", LossKind.class), examples, clusters, restarts);
  }
}
