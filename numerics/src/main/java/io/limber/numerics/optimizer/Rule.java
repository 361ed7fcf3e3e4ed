package io.limber.numerics.optimizer;

import io.limber.numerics.runtime.Variable;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What a step does with finished gradients at a given rate. Otherwise as {@link Optimizer}. */
interface Rule {

  /** Moments, powers and the like. */
  List<Variable> slots();

  /** Brings the slots to their state before the first step. */
  List<Op> reset();

  /** The slots of one parameter. */
  List<Optimizer.Slot> slotsOf(int parameter);

  /** Brings the count of steps to its start and keeps the moments. */
  default List<Op> resetSteps() {
    return List.of();
  }

  /** A slot that is zero when nothing has been learned. */
  static Optimizer.Slot zeroSlot(Variable variable) {
    return new Optimizer.Slot(variable, tf -> tf.constant(0f));
  }

  /**
   * One step.
   *
   * @param rate α, a scalar
   */
  List<Op> step(Ops tf, Operand<TFloat32> rate, List<Operand<TFloat32>> gradients);

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

  /**
   * Whether weight decay takes hold of a tensor: of kernels, which have two axes or more. Biases
   * and the gains of normalisation do not scale what passes through a network's layers.
   */
  static boolean decays(Variable parameter) {
    return parameter.shape().numDimensions() >= 2;
  }
}
