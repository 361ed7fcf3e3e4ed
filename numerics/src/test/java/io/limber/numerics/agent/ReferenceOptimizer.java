package io.limber.numerics.agent;

import io.limber.numerics.optimizer.OptimizerSettings;

/** The published update rules, written out in double precision. */
final class ReferenceOptimizer {

  private final OptimizerSettings settings;
  private double[] first;
  private double[] second;
  private double[] third;
  private int steps;

  ReferenceOptimizer(OptimizerSettings settings, int size) {
    this.settings = settings;
    first = new double[size];
    second = new double[size];
    third = new double[size];
  }

  void step(double[] parameters, double[] gradient) {
    steps++;
    clip(gradient);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] -=
          switch (settings.kind()) {
            case ADAM -> adam(i, gradient[i]);
            case RMSPROP -> rmsProp(i, gradient[i]);
            case SGD -> sgd(i, gradient[i]);
          };
    }
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

  private double adam(int i, double g) {
    OptimizerSettings.Adam s = settings.adam();
    first[i] = s.beta1() * first[i] + (1 - s.beta1()) * g;
    second[i] = s.beta2() * second[i] + (1 - s.beta2()) * g * g;
    double m = first[i] / (1 - Math.pow(s.beta1(), steps));
    double v = second[i] / (1 - Math.pow(s.beta2(), steps));
    return settings.learningRate() * m / (Math.sqrt(v + s.innerEpsilon()) + s.epsilon());
  }

  private double rmsProp(int i, double g) {
    OptimizerSettings.RmsProp s = settings.rmsProp();
    first[i] = s.decay() * first[i] + (1 - s.decay()) * g * g;
    third[i] = s.decay() * third[i] + (1 - s.decay()) * g;
    double variance = s.centred() ? first[i] - third[i] * third[i] : first[i];
    second[i] =
        s.momentum() * second[i] + settings.learningRate() * g / Math.sqrt(variance + s.epsilon());
    return second[i];
  }

  private double sgd(int i, double g) {
    first[i] = settings.sgd().momentum() * first[i] + g;
    return settings.learningRate() * first[i];
  }
}
