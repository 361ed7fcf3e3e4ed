package io.limber.numerics.plasticity;

import io.limber.numerics.network.Network;
import java.util.List;

/**
 * The sizes of a program that fits networks side by side.
 *
 * @param lanes networks with parameters, targets and optimisers of their own, at least 1
 * @param transitions observations that all of them are fitted to
 * @param stepsPerCall optimiser steps in one call into TensorFlow
 * @param batchSize observations of one step
 */
record FitShape(int lanes, int transitions, int stepsPerCall, int batchSize) {

  /** Observations that one network sees in one call, with repetitions. */
  int rowsPerCall() {
    return stepsPerCall * batchSize;
  }

  /** Memory while it runs, roughly. */
  long bytes(Network network) {
    long inputs = count(network.inputShape());
    long outputs = count(network.outputShape());
    long activations = inputs;
    long widest = 0;
    for (Network.Stage stage : network.stages()) {
      long here = count(stage.outputShape());
      activations += here;
      widest = Math.max(widest, count(stage.inputShape()) + here);
    }
    // parameters, two moments and a gradient; a batch's values and their gradients; targets here,
    // there and on the way, and outputs; drawn rows
    long lane =
        4L * network.layout().size()
            + 2 * batchSize * activations
            + 4 * transitions * outputs
            + rowsPerCall();
    // the observations, and one layer's way over all of them at once
    long all = transitions * (inputs + widest);
    return Float.BYTES * (lanes * lane + all);
  }

  private static long count(List<Integer> shape) {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }
}
