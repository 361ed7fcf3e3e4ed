package io.limber.numerics.optimizer;

import io.limber.numerics.runtime.Variable;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** An optimiser bound to the parameters of one program. Its slots are variables of that program. */
public interface Optimizer {

  /**
   * One slot of one parameter.
   *
   * @param variable of the parameter's shape
   * @param cleared what a number in it is when nothing has been learned of its parameter
   */
  record Slot(Variable variable, Level cleared) {}

  /** A number that may depend on the steps done. */
  interface Level {

    /** The level at the time {@code tf}'s control dependencies are done, a scalar. */
    Operand<TFloat32> at(Ops tf);
  }

  /** All that must be kept to go on: moments, powers, the schedule's step count. */
  List<Variable> slots();

  /**
   * Brings all slots to their state before the first step, so a schedule starts anew as well, and
   * the learning rate to the configured one.
   */
  List<Op> reset();

  /**
   * The slots of one parameter; none where it is not trained.
   *
   * @param parameter place among all parameters
   */
  List<Slot> slotsOf(int parameter);

  /**
   * Brings the count of steps that moments are corrected by to its start and keeps the moments; the
   * schedule goes on. No operation where the rule counts no steps.
   */
  List<Op> resetSteps();

  /** Multiplies the learning rate of all further steps, scheduled or not. */
  List<Op> scaleRate(Operand<TFloat32> factor);

  /**
   * One step. Several may be chained in one graph, each under control dependencies on the last.
   *
   * @param tf carries the control dependencies after which slots may be changed; when a parameter
   *     may be, the optimiser finds out itself
   * @param gradients of the trained parameters, in their order
   * @return the operations after which the step is done
   */
  List<Op> step(Ops tf, List<Operand<TFloat32>> gradients);
}
