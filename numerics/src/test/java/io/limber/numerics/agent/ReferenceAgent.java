package io.limber.numerics.agent;

import io.limber.core.replay.Transitions;
import io.limber.numerics.objective.ReferenceObjective;
import java.nio.ByteBuffer;

/** An agent's update written out in double precision. */
final class ReferenceAgent {

  private final ReferenceNetwork network;
  private final ReferenceObjective objective;
  private final ReferenceOptimizer optimizer;
  final double[] online;
  double[] target;

  ReferenceAgent(
      ReferenceNetwork network,
      ReferenceObjective objective,
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
      double[] outputs = a[a.length - 1];
      int action = batch.actions().get(row);
      double[] y = target(batch, row);
      double[] dOutput = objective.gradient(outputs, action, y);
      for (int i = 0; i < dOutput.length; i++) {
        dOutput[i] /= count;
      }
      loss += objective.loss(outputs, action, y) / count;
      network.backward(online, a, dOutput, gradient);
    }
    optimizer.step(online, gradient);
    return loss;
  }

  private double[] target(Transitions batch, int row) {
    double[] next = observation(batch.sT(), batch, row);
    return objective.target(
        batch.rewards().get(row),
        batch.discounts().get(row),
        network.output(target, next),
        network.output(online, next));
  }

  int greedy(double[] observation) {
    return ReferenceObjective.argMax(objective.values(network.output(online, observation)));
  }

  static double[] observation(ByteBuffer bytes, Transitions batch, int row) {
    double[] x = new double[batch.spec().observationBytes()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (bytes.get(row * x.length + i) & 0xff) / 255.0;
    }
    return x;
  }
}
