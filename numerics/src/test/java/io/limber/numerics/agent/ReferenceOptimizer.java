package io.limber.numerics.agent;

import io.limber.numerics.optimizer.OptimizerSettings;
import io.limber.numerics.optimizer.ScheduleSettings;

/** The published update rules, written out in double precision. */
final class ReferenceOptimizer {

  private final OptimizerSettings settings;
  private double[] first;
  private double[] second;
  private double[] third;
  private final boolean[] kernel;
  private int steps;

  /**
   * @param kernel of each parameter, whether it belongs to a kernel rather than a bias
   */
  ReferenceOptimizer(OptimizerSettings settings, boolean[] kernel) {
    this.settings = settings;
    this.kernel = kernel;
    int size = kernel.length;
    first = new double[size];
    second = new double[size];
    third = new double[size];
  }

  void step(double[] parameters, double[] gradient) {
    steps++;
    for (int i = 0; i < parameters.length; i++) {
      gradient[i] += kernel[i] ? 2 * settings.weightDecay() * parameters[i] : 0;
    }
    clip(gradient);
    double rate = rate();
    for (int i = 0; i < parameters.length; i++) {
      double decay =
          kernel[i] && settings.kind() == OptimizerSettings.Kind.ADAMW
              ? rate * settings.adamW().weightDecay() * parameters[i]
              : 0;
      parameters[i] -=
          switch (settings.kind()) {
            case ADAM, ADAMW -> adam(i, gradient[i], rate) + decay;
            case RMSPROP -> rmsProp(i, gradient[i], rate);
            case SGD -> sgd(i, gradient[i], rate);
          };
    }
  }

  private double rate() {
    ScheduleSettings schedule = settings.schedule();
    int before = steps - 1;
    int warmUp = schedule.warmUpSteps();
    if (before < warmUp) {
      return settings.learningRate() * (before + 1) / warmUp;
    }
    double u = Math.min(1, (before - warmUp) / (double) schedule.decaySteps());
    double left =
        switch (schedule.kind()) {
          case CONSTANT -> 1;
          case LINEAR -> 1 - u;
          case COSINE -> (1 + Math.cos(Math.PI * u)) / 2;
        };
    double end = schedule.kind() == ScheduleSettings.Kind.CONSTANT ? 0 : schedule.finalShare();
    return settings.learningRate() * (end + (1 - end) * left);
  }

  private void clip(double[] gradient) {
    if (settings.maxGradientNorm() == 0) {
      return;
    }
    double squares = 0;
    for (double g : gradient) {
      squares += g * g;
    }
    double factor = Math.min(1, settings.maxGradientNorm() / Math.sqrt(squares));
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= factor;
    }
  }

  private double adam(int i, double g, double rate) {
    OptimizerSettings.Adam s = settings.adam();
    first[i] = s.beta1() * first[i] + (1 - s.beta1()) * g;
    second[i] = s.beta2() * second[i] + (1 - s.beta2()) * g * g;
    double m = first[i] / (1 - Math.pow(s.beta1(), steps));
    double v = second[i] / (1 - Math.pow(s.beta2(), steps));
    return rate * m / (Math.sqrt(v + s.innerEpsilon()) + s.epsilon());
  }

  private double rmsProp(int i, double g, double rate) {
    OptimizerSettings.RmsProp s = settings.rmsProp();
    first[i] = s.decay() * first[i] + (1 - s.decay()) * g * g;
    third[i] = s.decay() * third[i] + (1 - s.decay()) * g;
    double variance = s.centred() ? first[i] - third[i] * third[i] : first[i];
    second[i] = s.momentum() * second[i] + rate * g / Math.sqrt(variance + s.epsilon());
    return second[i];
  }

  private double sgd(int i, double g, double rate) {
    first[i] = settings.sgd().momentum() * first[i] + g;
    return rate * first[i];
  }
}
