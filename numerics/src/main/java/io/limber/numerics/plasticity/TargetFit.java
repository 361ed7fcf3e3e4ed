package io.limber.numerics.plasticity;

import io.limber.core.random.SeededRandom;

/** One target function, and how its fit goes. */
final class TargetFit {

  private final int target;
  private final ProbeTask task;
  private final SeededRandom batches;
  private final double[] curve;
  private int steps;
  private double finalLoss;

  /**
   * @param target which one, for people
   * @param batches its own stream
   * @param steps that the fit will take
   */
  TargetFit(int target, ProbeTask task, SeededRandom batches, int steps) {
    this.target = target;
    this.task = task;
    this.batches = batches;
    curve = new double[steps];
  }

  ProbeTask task() {
    return task;
  }

  /** The next of {@code count} observations, drawn with replacement. */
  int draw(int count) {
    return batches.nextInt(count);
  }

  /**
   * Takes the losses of the next steps.
   *
   * @throws ArithmeticException if the last of them is not finite: then all later ones are not
   */
  void add(float[] losses) {
    for (float loss : losses) {
      curve[steps++] = loss;
    }
    finite(losses[losses.length - 1], "the loss of target " + target);
  }

  /**
   * Takes the outputs for all observations after the last step.
   *
   * @throws ArithmeticException if the loss over them is not finite
   */
  void end(float[] outputs) {
    finalLoss = finite(task.loss(outputs), "the final loss of target " + target);
  }

  /** Loss over all observations after the last step. */
  double finalLoss() {
    return finalLoss;
  }

  /** Losses of the batches, before each step; the array is not copied. */
  double[] curve() {
    return curve;
  }

  static double finite(double value, String what) {
    if (!Double.isFinite(value)) {
      throw new ArithmeticException(what + " is " + value);
    }
    return value;
  }
}
