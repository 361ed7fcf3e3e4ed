package io.limber.numerics.optimizer;

import io.limber.core.config.Section;

/**
 * {@code limber.optimizer}.
 *
 * @param kind which rule
 * @param learningRate step size before the schedule, positive
 * @param schedule what becomes of it
 * @param weightDecay coefficient λ of the term λ Σ w² in the loss, over kernels; 0 for none
 * @param maxGradientNorm gradients are scaled down to this global norm; 0 for no clipping
 */
public record OptimizerSettings(
    Kind kind,
    double learningRate,
    ScheduleSettings schedule,
    double weightDecay,
    double maxGradientNorm,
    Adam adam,
    AdamW adamW,
    RmsProp rmsProp,
    Sgd sgd) {

  /** The rules. */
  public enum Kind {
    ADAM,
    ADAMW,
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
   * {@code limber.optimizer.adamw}; the rest is in {@code limber.optimizer.adam}.
   *
   * @param weightDecay share of each kernel that a step of rate 1 takes away, not negative
   */
  public record AdamW(double weightDecay) {}

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
    Kind kind = section.constant("kind", Kind.class);
    double learningRate = section.real("learning-rate");
    section.require(
        learningRate > 0, "learning-rate", learningRate, "be positive, or nothing is learned");
    double maxNorm = section.real("max-gradient-norm");
    section.require(
        maxNorm >= 0, "max-gradient-norm", maxNorm, "be positive, or 0 for no clipping");
    return new OptimizerSettings(
        kind,
        learningRate,
        ScheduleSettings.from(section),
        weightDecay(section, kind),
        maxNorm,
        adam(section.section("adam")),
        adamW(section.section("adamw"), kind, learningRate),
        rmsProp(section.section("rmsprop")),
        new Sgd(fraction(section.section("sgd"), "momentum")));
  }

  private static double weightDecay(Section section, Kind kind) {
    double coefficient = notNegative(section, "weight-decay");
    section.require(
        coefficient == 0 || kind != Kind.ADAMW,
        "weight-decay",
        coefficient,
        "be 0 with kind = adamw, which decays by adamw.weight-decay: kernels would decay twice");
    return coefficient;
  }

  private static AdamW adamW(Section section, Kind kind, double learningRate) {
    double decay = notNegative(section, "weight-decay");
    section.require(
        kind != Kind.ADAMW || decay < 1 / learningRate,
        "weight-decay",
        decay,
        "be below 1 / learning-rate = "
            + 1 / learningRate
            + ", or a step would take whole kernels");
    return new AdamW(decay);
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
