package io.limber.numerics.intervention;

import io.limber.core.replay.Transitions;
import io.limber.numerics.optimizer.Optimizer;
import io.limber.numerics.runtime.Function;
import io.limber.numerics.runtime.Program;
import io.limber.numerics.runtime.ProgramBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/**
 * Brings moments and step count, or the latter alone, to their first state. The learning-rate
 * schedule goes on.
 *
 * @see "Asadi et al. (2023), Resetting the Optimizer in Deep RL; step count alone: Ellis et al.
 *     (2024), Adam on Local Time (Adam-Rel)"
 */
final class ClearOptimizer implements Treatment {

  static final String NAME = "reset-optimizer";

  private static final String FUNCTION = "reset_optimizer";

  private final Function reset;

  ClearOptimizer(Program program) {
    reset = program.function(FUNCTION);
  }

  /** Adds → numbers: how many a reset of the moments writes. */
  static void addFunction(
      ProgramBuilder program, Optimizer rule, int parameters, InterventionSettings.Slots slots) {
    boolean moments = slots == InterventionSettings.Slots.MOMENTS_AND_STEP;
    addFunction(FUNCTION, program, rule, parameters, moments);
  }

  private static void addFunction(
      String name, ProgramBuilder program, Optimizer rule, int parameters, boolean moments) {
    List<Op> steps = rule.resetSteps();
    List<Op> changes = new ArrayList<>(steps);
    int numbers = 0;
    if (moments) {
      // cleared moments may depend on the step count, so they come after it
      Ops tf = program.tf();
      Ops after = steps.isEmpty() ? tf : tf.withControlDependencies(steps);
      for (int i = 0; i < parameters; i++) {
        changes.addAll(TensorFunctions.clear(after, rule.slotsOf(i)));
        numbers += rule.slotsOf(i).stream().mapToInt(s -> (int) s.variable().shape().size()).sum();
      }
    }
    Map<String, Operand<TInt32>> written = Map.of("numbers", program.tf().constant(numbers));
    program.function(name, Map.of(), written, changes);
  }

  /** Adds → numbers under {@code name}: what a learner that recovers calls, intervention or not. */
  static void addRecovery(ProgramBuilder program, String name, Optimizer rule, int parameters) {
    addFunction(name, program, rule, parameters, true);
  }

  @Override
  public List<Part> apply(long step, Transitions batch) {
    int[] numbers = new int[1];
    reset.call().ints("numbers", numbers);
    return List.of(new Part("optimizer", 0, numbers[0]));
  }
}
