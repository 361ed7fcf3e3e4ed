package io.limber.numerics.plasticity;

/**
 * One random regression task on n observations: y = a + sin(frequency · f(x; ω)), ω freshly drawn.
 *
 * @param targets [n · outputs], row by row
 */
public record ProbeTask(float[] targets) {

  /**
   * @param random the outputs f(x; ω) of the random network [n · outputs]
   * @param frequency the paper's 1e5
   * @param offset a: the mean prediction of the network that is measured, so that a network whose
   *     outputs have drifted is not punished for it
   */
  public static ProbeTask of(float[] random, double frequency, double offset) {
    float[] targets = new float[random.length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (float) (offset + Math.sin(frequency * random[i]));
    }
    return new ProbeTask(targets);
  }

  /** Variance of the targets: the loss of the best constant, b in eq 5. */
  double baseline() {
    double mean = mean(targets);
    double sum = 0;
    for (float y : targets) {
      sum += (y - mean) * (y - mean);
    }
    return sum / targets.length;
  }

  /** Mean squared error of {@code predictions} [n · outputs]. */
  double loss(float[] predictions) {
    double sum = 0;
    for (int i = 0; i < targets.length; i++) {
      double error = predictions[i] - (double) targets[i];
      sum += error * error;
    }
    return sum / targets.length;
  }

  public static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
