package io.limber.numerics.optimizer;

import io.limber.numerics.runtime.ProgramBuilder;
import io.limber.numerics.runtime.Variable;
import java.util.List;

/** Makes the configured optimiser. */
public final class Optimizers {

  private Optimizers() {}

  /** Binds the configured rule, behind clipping where that is on, to {@code parameters}. */
  public static Optimizer bind(
      OptimizerSettings settings, ProgramBuilder program, List<Variable> parameters) {
    Optimizer rule =
        switch (settings.kind()) {
          case ADAM -> new Adam(settings, program, parameters);
          case RMSPROP -> new RmsProp(settings, program, parameters);
          case SGD -> new Sgd(settings, program, parameters);
        };
    return settings.maxGradientNorm() > 0
        ? new ClippedOptimizer(rule, settings.maxGradientNorm())
        : rule;
  }
}
