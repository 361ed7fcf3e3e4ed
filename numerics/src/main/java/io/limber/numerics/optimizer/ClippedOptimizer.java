package io.limber.numerics.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Scales all gradients by min(1, c / ‖g‖) before another optimiser, where ‖g‖ is the Euclidean norm
 * over all of them.
 *
 * @see "Pascanu, Mikolov and Bengio (2013), algorithm 1"
 */
final class ClippedOptimizer extends DelegatingOptimizer {

  private final float maxNorm;

  ClippedOptimizer(Optimizer optimizer, double maxNorm) {
    super(optimizer);
    this.maxNorm = (float) maxNorm;
  }

  @Override
  public List<Op> step(Ops tf, List<Operand<TFloat32>> gradients) {
    List<Operand<TFloat32>> halfSquares = new ArrayList<>();
    gradients.forEach(g -> halfSquares.add(tf.nn.l2Loss(g)));
    Operand<TFloat32> norm = tf.math.sqrt(tf.math.mul(tf.constant(2f), tf.math.addN(halfSquares)));
    // c / max(‖g‖, c) is min(1, c / ‖g‖) without dividing by zero
    Operand<TFloat32> bound = tf.constant(maxNorm);
    Operand<TFloat32> factor = tf.math.div(bound, tf.math.maximum(norm, bound));
    List<Operand<TFloat32>> clipped = new ArrayList<>();
    gradients.forEach(g -> clipped.add(tf.math.mul(g, factor)));
    return rule.step(tf, clipped);
  }
}
