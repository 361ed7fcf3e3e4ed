package io.limber.numerics.optimizer;

import io.limber.numerics.runtime.Variable;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adds 2λw to the gradient of each kernel w before another optimiser: the gradient of a term λ Σ w²
 * in the loss, which the reported loss leaves out. Moments and clipping see it like the rest of the
 * gradient.
 *
 * @see "Lyle et al. (2023), section 6.2: coefficient 1e-5; whether of w² or w²/2 is not stated"
 */
final class PenalisedOptimizer extends DelegatingOptimizer {

  private final List<Variable> parameters;
  private final float slope;

  PenalisedOptimizer(Optimizer optimizer, List<Variable> parameters, double coefficient) {
    super(optimizer);
    this.parameters = parameters;
    slope = (float) (2 * coefficient);
  }

  @Override
  public List<Op> step(Ops tf, List<Operand<TFloat32>> gradients) {
    List<Operand<TFloat32>> sums = new ArrayList<>(gradients);
    for (int i = 0; i < sums.size(); i++) {
      if (Rule.decays(parameters.get(i))) {
        Operand<TFloat32> kernel = parameters.get(i).read(tf);
        sums.set(i, tf.math.add(gradients.get(i), tf.math.mul(tf.constant(slope), kernel)));
      }
    }
    return rule.step(tf, sums);
  }
}
