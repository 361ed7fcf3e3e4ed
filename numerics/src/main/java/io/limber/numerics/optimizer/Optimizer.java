package io.limber.numerics.optimizer;

import io.limber.numerics.runtime.Variable;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** An optimiser bound to the parameters of one program. Its slots are variables of that program. */
public interface Optimizer {

  /** All that must be kept to go on: moments, powers, the schedule's step count. */
  List<Variable> slots();

  /** Brings all slots to their state before the first step, so a schedule starts anew as well. */
  List<Op> reset();

  /**
   * One step. Several may be chained in one graph, each under control dependencies on the last.
   *
   * @param tf carries the control dependencies after which slots may be changed; when a parameter
   *     may be, the optimiser finds out itself
   * @param gradients in the order of the parameters
   * @return the operations after which the step is done
   */
  List<Op> step(Ops tf, List<Operand<TFloat32>> gradients);
}
