package io.limber.numerics.optimizer;

import io.limber.core.agent.ParameterLayout;
import io.limber.core.config.Section;
import io.limber.numerics.runtime.ProgramBuilder;
import io.limber.numerics.runtime.Variable;
import java.util.List;
import java.util.stream.LongStream;
import org.tensorflow.ndarray.Shape;

/** Makes the configured optimiser. */
public final class Optimizers {

  private Optimizers() {}

  /**
   * Binds the configured rule to those of {@code parameters} that are trained.
   *
   * @param trained their places among all
   */
  public static Optimizer bind(
      OptimizerSettings settings,
      ProgramBuilder program,
      List<Variable> parameters,
      List<Integer> trained) {
    return trained.size() == parameters.size()
        ? bind(settings, program, parameters)
        : new TrainedOptimizer(
            bind(settings, program, trained.stream().map(parameters::get).toList()), trained);
  }

  /**
   * Binds the configured rule to {@code parameters}. Gradients pass the L2 term and then clipping,
   * where those are on, before it.
   */
  public static Optimizer bind(
      OptimizerSettings settings, ProgramBuilder program, List<Variable> parameters) {
    Optimizer optimizer =
        new ScheduledOptimizer(
            rule(settings, program, parameters),
            new LearningRate(settings.schedule(), settings.learningRate(), program));
    if (settings.maxGradientNorm() > 0) {
      optimizer = new ClippedOptimizer(optimizer, settings.maxGradientNorm());
    }
    return settings.weightDecay() > 0
        ? new PenalisedOptimizer(optimizer, parameters, settings.weightDecay())
        : optimizer;
  }

  private static Rule rule(
      OptimizerSettings settings, ProgramBuilder program, List<Variable> parameters) {
    return switch (settings.kind()) {
      case ADAM, ADAMW -> new Adam(settings, program, parameters);
      case RMSPROP -> new RmsProp(settings, program, parameters);
      case SGD -> new Sgd(settings, program, parameters);
    };
  }

  /**
   * Names and shapes of a rule's slots, as one flat vector of an optimiser's state holds them.
   *
   * @param architecture of the network whose parameters it changes
   */
  public static ParameterLayout layout(
      OptimizerSettings settings, String architecture, Optimizer rule) {
    return new ParameterLayout(
        Section.kebab(settings.kind()) + " of " + architecture,
        rule.slots().stream()
            .map(slot -> new ParameterLayout.Tensor(slot.name(), sizes(slot.shape())))
            .toList());
  }

  private static List<Integer> sizes(Shape shape) {
    return LongStream.of(shape.asArray()).mapToObj(Math::toIntExact).toList();
  }
}
