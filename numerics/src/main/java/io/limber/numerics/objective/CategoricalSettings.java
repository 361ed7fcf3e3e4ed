package io.limber.numerics.objective;

import io.limber.core.config.Section;

/**
 * {@code limber.objective.categorical}.
 *
 * @param projection of targets onto the support
 * @param support the values that a return can take
 * @param sigma standard deviation of HL-Gauss, in distances of neighbouring values
 */
public record CategoricalSettings(Projection projection, Support support, double sigma) {

  /** How a target becomes a distribution over the support; {@link TargetDistribution} has each. */
  public enum Projection {
    /** The bootstrap value's mass on its two neighbours (Lyle et al. 2023, section 6.2). */
    TWO_HOT,
    /** A Gaussian around the bootstrap value (Imani and White 2018; Farebrother et al. 2024). */
    HL_GAUSS,
    /** The target network's distribution, shifted and shrunk (Bellemare et al. 2017). */
    C51
  }

  /** C51 spreads every value over every other: their squared number per transition. */
  private static final int MOST_BINS = 1024;

  static CategoricalSettings from(Section objective) {
    Section section = objective.section("categorical");
    int bins = section.integer("bins");
    section.require(
        bins >= 2 && bins <= MOST_BINS,
        "bins",
        bins,
        "lie in [2, " + MOST_BINS + "]: one value is no distribution");
    double min = section.real("min");
    double max = section.real("max");
    section.require(max > min, "max", max, "be above categorical.min = " + min);
    double sigma = section.real("sigma");
    section.require(sigma > 0, "sigma", sigma, "be positive; two-hot has no width");
    return new CategoricalSettings(
        section.constant("projection", Projection.class), new Support(bins, min, max), sigma);
  }
}
