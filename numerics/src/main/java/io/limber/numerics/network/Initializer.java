package io.limber.numerics.network;

import io.limber.core.random.SeededRandom;

/** How kernels start; biases start at zero. */
public enum Initializer {
  /**
   * Normal with standard deviation 1/√fan-in, cut at two standard deviations and rescaled: the
   * default of the JAX libraries the paper's authors work with; the paper itself does not say.
   */
  LECUN_NORMAL(1.0),
  /** As above with √(2/fan-in) (He et al. 2015, eq 10). */
  HE_NORMAL(2.0),
  /** Uniform in ±1/√fan-in, as DQN Zoo and PyTorch do; variance 1/(3 fan-in). */
  FAN_IN_UNIFORM(1.0 / 3);

  /** Standard deviation of a standard normal cut at ±2. */
  private static final double TRUNCATED_DEVIATION = 0.87962566103423978;

  private final double scale;

  Initializer(double scale) {
    this.scale = scale;
  }

  /** Fills {@code values[from, from + count)}. */
  void fill(float[] values, int from, int count, int fanIn, SeededRandom random) {
    double deviation = Math.sqrt(scale / fanIn);
    for (int i = from; i < from + count; i++) {
      values[i] = (float) (deviation * standardised(random));
    }
  }

  private double standardised(SeededRandom random) {
    if (this == FAN_IN_UNIFORM) {
      return (2 * random.nextDouble() - 1) * Math.sqrt(3);
    }
    double z;
    do {
      z = random.nextGaussian();
    } while (Math.abs(z) > 2);
    return z / TRUNCATED_DEVIATION;
  }
}
