package io.limber.numerics.optimizer;

import io.limber.numerics.runtime.Variable;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** An optimiser bound to the parameters of one program. Its slots are variables of that program. */
public interface Optimizer {

  /** All that must be kept to go on: moments, powers, step counts. */
  List<Variable> slots();

  /** Brings the slots to their state before the first step. */
  List<Op> reset();

  /**
   * One step. Several may be chained in one graph, each under control dependencies on the last.
   *
   * @param tf carries the control dependencies after which slots may be changed; {@link
   *     #afterReaders} finds out when a parameter may be
   * @param gradients in the order of the parameters
   * @return the operations after which the step is done
   */
  List<Op> step(Ops tf, List<Operand<TFloat32>> gradients);

  /**
   * {@code tf} for changing parameter {@code i}: after its own gradient and the one before it in
   * the layout. In a chain of layers that one needed all earlier values of parameter {@code i}, so
   * nobody reads them any more, and TensorFlow changes them in place; otherwise it would copy them
   * first, which costs time but is just as right. Waiting for all gradients instead would keep
   * steps of later layers from running beside gradients of earlier ones.
   */
  static Ops afterReaders(Ops tf, List<Operand<TFloat32>> gradients, int i) {
    return tf.withControlDependencies(List.copyOf(gradients.subList(Math.max(0, i - 1), i + 1)));
  }
}
