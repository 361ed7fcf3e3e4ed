package io.limber.numerics.objective;

import static io.limber.numerics.objective.ReferenceProjection.softmax;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The objectives of one transition in double precision, written out from their definitions. */
public final class ReferenceObjective {

  private final ObjectiveSettings settings;
  private final int actions;

  public ReferenceObjective(ObjectiveSettings settings, int actions) {
    this.settings = settings;
    this.actions = actions;
  }

  /** Width of the network. */
  public int outputs() {
    return isCategorical() ? actions * support().bins() : actions;
  }

  /** What the agent acts by. */
  public double[] values(double[] outputs) {
    return isCategorical()
        ? IntStream.range(0, actions)
            .mapToDouble(a -> ReferenceProjection.mean(support(), distribution(outputs, a)))
            .toArray()
        : outputs;
  }

  /**
   * What the loss compares with: the bootstrap value, its distribution, or 1.
   *
   * @param discount 0 after a terminated step, else 1
   */
  public double[] target(double reward, double discount, double[] targetNext, double[] onlineNext) {
    if (settings.kind().isSupervised()) {
      return new double[] {1};
    }
    boolean plain = settings.kind() == ObjectiveSettings.Kind.DQN;
    int next = argMax(values(plain ? targetNext : onlineNext));
    double gamma = settings.discount() * discount;
    double y = reward + gamma * values(targetNext)[next];
    if (!isCategorical()) {
      return new double[] {y};
    }
    return switch (settings.categorical().projection()) {
      case TWO_HOT -> ReferenceProjection.twoHot(support(), y);
      case HL_GAUSS -> ReferenceProjection.gaussian(support(), y, settings.categorical().sigma());
      case C51 -> {
        double[] returns =
            Arrays.stream(ReferenceProjection.values(support()))
                .map(z -> reward + gamma * z)
                .toArray();
        yield ReferenceProjection.c51(support(), returns, distribution(targetNext, next));
      }
    };
  }

  public double loss(double[] outputs, int action, double[] target) {
    return switch (settings.kind()) {
      case CLASSIFICATION -> -Math.log(softmax(outputs, 0, actions)[action]);
      case REGRESSION ->
          IntStream.range(0, actions)
                  .mapToDouble(a -> Math.pow(outputs[a] - (a == action ? 1 : 0), 2))
                  .sum()
              / actions;
      case DQN, DOUBLE_DQN ->
          isCategorical()
              ? crossEntropy(target, distribution(outputs, action))
              : ofError(outputs[action] - target[0]);
    };
  }

  /** With respect to the outputs. */
  public double[] gradient(double[] outputs, int action, double[] target) {
    double[] gradient = new double[outputs.length];
    switch (settings.kind()) {
      case CLASSIFICATION -> {
        System.arraycopy(softmax(outputs, 0, actions), 0, gradient, 0, actions);
        gradient[action] -= 1;
      }
      case REGRESSION ->
          Arrays.setAll(gradient, a -> 2 * (outputs[a] - (a == action ? 1 : 0)) / actions);
      case DQN, DOUBLE_DQN -> {
        if (isCategorical()) {
          double[] p = distribution(outputs, action);
          for (int i = 0; i < p.length; i++) {
            gradient[action * p.length + i] = p[i] - target[i];
          }
        } else {
          gradient[action] = slope(outputs[action] - target[0]);
        }
      }
    }
    return gradient;
  }

  private static double crossEntropy(double[] target, double[] p) {
    double loss = 0;
    for (int i = 0; i < p.length; i++) {
      loss -= target[i] * Math.log(p[i]);
    }
    return loss;
  }

  private double ofError(double error) {
    double kappa = settings.huberThreshold();
    if (settings.loss() == ObjectiveSettings.Loss.SQUARED) {
      return error * error;
    }
    double size = Math.abs(error);
    return size <= kappa ? error * error / 2 : kappa * (size - kappa / 2);
  }

  private double slope(double error) {
    double kappa = settings.huberThreshold();
    return settings.loss() == ObjectiveSettings.Loss.SQUARED
        ? 2 * error
        : Math.max(-kappa, Math.min(kappa, error));
  }

  public static int argMax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private double[] distribution(double[] outputs, int action) {
    return softmax(outputs, action * support().bins(), support().bins());
  }

  private boolean isCategorical() {
    return settings.output() == ObjectiveSettings.Output.CATEGORICAL;
  }

  private Support support() {
    return settings.categorical().support();
  }
}
