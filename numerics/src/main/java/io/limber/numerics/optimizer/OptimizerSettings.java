package io.limber.numerics.optimizer;

import io.limber.core.config.Section;

/**
 * {@code limber.optimizer}.
 *
 * @param kind which rule
 * @param learningRate step size, positive
 * @param maxGradientNorm gradients are scaled down to this global norm; 0 for no clipping
 */
public record OptimizerSettings(
    Kind kind, double learningRate, double maxGradientNorm, Adam adam, RmsProp rmsProp, Sgd sgd) {

  /** The rules. */
  public enum Kind {
    ADAM,
    RMSPROP,
    SGD
  }

  /**
   * {@code limber.optimizer.adam}.
   *
   * @param beta1 decay of the first moment, in [0, 1)
   * @param beta2 decay of the second moment, in (0, 1)
   * @param epsilon added outside the root
   * @param innerEpsilon added inside the root (epsilon-bar in Lyle et al. 2023)
   */
  public record Adam(double beta1, double beta2, double epsilon, double innerEpsilon) {}

  /**
   * {@code limber.optimizer.rmsprop}.
   *
   * @param decay of the mean square, in [0, 1)
   * @param epsilon added inside the root
   * @param momentum in [0, 1)
   * @param centred subtract the squared mean gradient
   */
  public record RmsProp(double decay, double epsilon, double momentum, boolean centred) {}

  /**
   * {@code limber.optimizer.sgd}.
   *
   * @param momentum in [0, 1)
   */
  public record Sgd(double momentum) {}

  /** Reads and checks the section. */
  public static OptimizerSettings from(Section limber) {
    Section section = limber.section("optimizer");
    double learningRate = section.real("learning-rate");
    section.require(
        learningRate > 0, "learning-rate", learningRate, "be positive, or nothing is learned");
    double maxNorm = section.real("max-gradient-norm");
    section.require(
        maxNorm >= 0, "max-gradient-norm", maxNorm, "be positive, or 0 for no clipping");
    return new OptimizerSettings(
        section.constant("kind", Kind.class),
        learningRate,
        maxNorm,
        adam(section.section("adam")),
        rmsProp(section.section("rmsprop")),
        new Sgd(fraction(section.section("sgd"), "momentum")));
  }

  private static Adam adam(Section section) {
    double beta2 = fraction(section, "beta2");
    section.require(
        beta2 > 0, "beta2", beta2, "be positive: inner-epsilon is folded into the decay");
    double epsilon = notNegative(section, "epsilon");
    double inner = notNegative(section, "inner-epsilon");
    section.require(
        epsilon + inner > 0,
        "epsilon",
        epsilon,
        "be positive unless inner-epsilon is, or units without gradient divide zero by zero");
    return new Adam(fraction(section, "beta1"), beta2, epsilon, inner);
  }

  private static RmsProp rmsProp(Section section) {
    double epsilon = notNegative(section, "epsilon");
    section.require(
        epsilon > 0,
        "epsilon",
        epsilon,
        "be positive, or units without gradient divide zero by zero");
    return new RmsProp(
        fraction(section, "decay"),
        epsilon,
        fraction(section, "momentum"),
        section.bool("centred"));
  }

  private static double fraction(Section section, String key) {
    double value = section.real(key);
    section.require(value >= 0 && value < 1, key, value, "lie in [0, 1)");
    return value;
  }

  private static double notNegative(Section section, String key) {
    double value = section.real(key);
    section.require(value >= 0, key, value, "not be negative");
    return value;
  }
}
