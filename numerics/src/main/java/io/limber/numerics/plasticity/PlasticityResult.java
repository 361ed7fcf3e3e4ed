package io.limber.numerics.plasticity;

import java.util.Arrays;

/**
 * What a plasticity probe found.
 *
 * @param baselines variance of the targets, per target function
 * @param initialLosses mean squared error of the snapshot as it is, per target function
 * @param finalLosses mean squared error after the optimiser's steps, per target function
 */
record PlasticityResult(double[] baselines, double[] initialLosses, double[] finalLosses) {

  /** b of eq 5: mean over the target functions. */
  double baseline() {
    return mean(baselines);
  }

  double initialLoss() {
    return mean(initialLosses);
  }

  double finalLoss() {
    return mean(finalLosses);
  }

  /** P(θ) = b − E[final loss] (eq 5). */
  double plasticity() {
    return baseline() - finalLoss();
  }

  /** Sample standard deviation of the final losses over the target functions. */
  double finalLossDeviation() {
    double mean = finalLoss();
    double squares = Arrays.stream(finalLosses).map(l -> (l - mean) * (l - mean)).sum();
    return Math.sqrt(squares / (finalLosses.length - 1));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
