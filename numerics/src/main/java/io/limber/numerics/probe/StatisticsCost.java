package io.limber.numerics.probe;

import io.limber.core.agent.ParameterLayout;
import io.limber.core.probe.ProbeCost;
import io.limber.numerics.network.Network;
import java.util.List;

/**
 * What the statistics of one network are expected to take. Most of it is no gradient but singular
 * values, so these are counted as what takes as long.
 */
final class StatisticsCost {

  /** Targets of two networks, a kept and a plain gradient, activations and an optimiser's step. */
  private static final int GRADIENTS = 4;

  /**
   * How many operations of a gradient take as long as one of a decomposition, which runs on one
   * thread: 4 against about 100 GFLOP/s on two cores with AVX-512.
   */
  private static final int SLOWNESS = 25;

  private StatisticsCost() {}

  /**
   * Of one measurement.
   *
   * @param rows transitions
   * @param chunk of them in one pass of the gradient
   */
  static ProbeCost of(Network network, int rows, int chunk) {
    long decompositions = operations(rows, features(network));
    long largest = (long) rows * features(network);
    for (ParameterLayout.Tensor kernel : network.layout().tensors()) {
      if (kernel.shape().size() >= 2) {
        long columns = kernel.shape().get(kernel.shape().size() - 1);
        decompositions += operations(kernel.size() / columns, columns);
        largest = Math.max(largest, kernel.size());
      }
    }
    double perGradient = (double) gradientOperations(network, rows);
    long gradients = GRADIENTS + (long) Math.ceil(SLOWNESS * decompositions / perGradient);
    return new ProbeCost(gradients, rows, bytes(network, rows, chunk, largest));
  }

  /** Of the singular values of a matrix: 4 · long · short² (Golub and Van Loan 2013, fig 8.6.1). */
  private static long operations(long rows, long columns) {
    long shorter = Math.min(rows, columns);
    return 4 * Math.max(rows, columns) * shorter * shorter;
  }

  /** A multiplication and an addition per weight, forward and twice backward. */
  private static long gradientOperations(Network network, int rows) {
    long perExample = 0;
    for (Network.Stage stage : network.stages()) {
      List<Integer> outputs = stage.outputShape();
      long places = count(outputs) / outputs.get(outputs.size() - 1);
      for (ParameterLayout.Tensor tensor : stage.own(network.layout().tensors())) {
        perExample += tensor.shape().size() >= 2 ? places * tensor.size() : 0;
      }
    }
    return 6 * rows * perExample;
  }

  private static long bytes(Network network, int rows, int chunk, long largest) {
    long all = count(network.inputShape());
    long hidden = 0;
    for (Network.Stage stage : network.stages()) {
      all += count(stage.outputShape());
      hidden += stage.layer().isNonlinearity() ? count(stage.outputShape()) : 0;
    }
    // a chunk's activations and their gradients; those of hidden units as they come and as a copy
    long units = Float.BYTES * (2 * Math.min(rows, chunk) * all + 2 * rows * hidden);
    // the gradient as doubles, floats and fed; parameters as kept, fed and stepped, with two slots
    long vectors = (Double.BYTES + 9L * Float.BYTES) * network.layout().size();
    return units + vectors + 2 * Double.BYTES * largest; // the matrix and its decomposition
  }

  private static long features(Network network) {
    long features = 0;
    for (Network.Stage stage : network.stages()) {
      features = stage.layer().isNonlinearity() ? count(stage.outputShape()) : features;
    }
    return features;
  }

  private static long count(List<Integer> shape) {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }
}
