package io.limber.numerics.agent;

import io.limber.core.replay.Transitions;
import io.limber.numerics.objective.ObjectiveSettings;
import java.nio.ByteBuffer;

/** DQN's update written out in double precision. */
final class ReferenceAgent {

  private final ReferenceNetwork network;
  private final ObjectiveSettings objective;
  private final ReferenceOptimizer optimizer;
  final double[] online;
  double[] target;

  ReferenceAgent(
      ReferenceNetwork network,
      ObjectiveSettings objective,
      ReferenceOptimizer optimizer,
      float[] initial) {
    this.network = network;
    this.objective = objective;
    this.optimizer = optimizer;
    online = new double[initial.length];
    for (int i = 0; i < initial.length; i++) {
      online[i] = initial[i];
    }
    target = online.clone();
  }

  /** One update on rows [from, from + count); returns the mean loss. */
  double update(Transitions batch, int from, int count) {
    double[] gradient = new double[online.length];
    double loss = 0;
    for (int row = from; row < from + count; row++) {
      double[][] a = network.forward(online, observation(batch.sTm1(), batch, row));
      double[] q = a[a.length - 1];
      int action = batch.actions().get(row);
      double error = q[action] - bootstrap(batch, row);
      double[] dOutput = new double[q.length];
      dOutput[action] = derivative(error) / count;
      loss += value(error) / count;
      network.backward(online, a, dOutput, gradient);
    }
    optimizer.step(online, gradient);
    return loss;
  }

  private double bootstrap(Transitions batch, int row) {
    double[] next = observation(batch.sT(), batch, row);
    double[] targetNext = network.output(target, next);
    double[] chooser =
        objective.kind() == ObjectiveSettings.Kind.DQN ? targetNext : network.output(online, next);
    return batch.rewards().get(row)
        + objective.discount() * batch.discounts().get(row) * targetNext[argMax(chooser)];
  }

  int greedy(double[] observation) {
    return argMax(network.output(online, observation));
  }

  private static int argMax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private double value(double error) {
    double kappa = objective.huberThreshold();
    if (objective.loss() == ObjectiveSettings.Loss.SQUARED) {
      return error * error;
    }
    double size = Math.abs(error);
    return size <= kappa ? error * error / 2 : kappa * (size - kappa / 2);
  }

  private double derivative(double error) {
    double kappa = objective.huberThreshold();
    return objective.loss() == ObjectiveSettings.Loss.SQUARED
        ? 2 * error
        : Math.max(-kappa, Math.min(kappa, error));
  }

  static double[] observation(ByteBuffer bytes, Transitions batch, int row) {
    double[] x = new double[batch.spec().observationBytes()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (bytes.get(row * x.length + i) & 0xff) / 255.0;
    }
    return x;
  }
}
