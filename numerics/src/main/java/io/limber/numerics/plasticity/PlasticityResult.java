package io.limber.numerics.plasticity;

import io.limber.core.probe.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a plasticity probe found.
 *
 * @param baselines variance of the targets, per target function
 * @param initialLosses mean squared error of the snapshot as it is, per target function
 * @param finalLosses mean squared error after the optimiser's steps, per target function
 * @param curves mean squared error over the batch of each optimiser step, before that step, per
 *     target function
 */
record PlasticityResult(
    double[] baselines, double[] initialLosses, double[] finalLosses, double[][] curves) {

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

  /** One row per optimiser step: its number, and the loss of its batch for each target function. */
  Table learningCurve() {
    List<String> columns = new ArrayList<>(List.of("step"));
    for (int target = 0; target < curves.length; target++) {
      columns.add("target-" + target);
    }
    List<double[]> rows = new ArrayList<>();
    for (int step = 0; step < curves[0].length; step++) {
      double[] row = new double[columns.size()];
      row[0] = step;
      for (int target = 0; target < curves.length; target++) {
        row[target + 1] = curves[target][step];
      }
      rows.add(row);
    }
    return new Table("learning-curve", columns, rows);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
