package io.limber.numerics.intervention;

import io.limber.numerics.runtime.ProgramBuilder;
import io.limber.numerics.runtime.Variable;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adds 2λ(θ − θ₀) to each gradient before the rule sees it: the gradient of λ Σ (θ − θ₀)², squared,
 * over all trained parameters, biases too. The reported loss leaves the term out.
 *
 * @see "Kumar et al. (2023), Maintaining Plasticity in Continual Learning via Regenerative
 *     Regularization, eq 1"
 */
final class L2Init {

  private final List<Integer> trained;
  private final List<Variable> anchors = new ArrayList<>();
  private final float slope;

  L2Init(
      ProgramBuilder program, List<Variable> parameters, List<Integer> trained, double strength) {
    this.trained = trained;
    slope = (float) (2 * strength);
    for (int i : trained) {
      Variable parameter = parameters.get(i);
      anchors.add(program.variable(parameter.name() + "/initial", parameter.shape()));
    }
  }

  /** θ₀. */
  List<Variable> anchors() {
    return anchors;
  }

  /**
   * The gradients with the term's. It is computed from the parameters that the forward pass read,
   * so beside that pass and not behind it.
   *
   * @param parameters all of them
   * @param gradients of the trained ones
   */
  List<Operand<TFloat32>> add(
      Ops tf, List<? extends Operand<TFloat32>> parameters, List<Operand<TFloat32>> gradients) {
    List<Operand<TFloat32>> sums = new ArrayList<>(gradients);
    for (int k = 0; k < trained.size(); k++) {
      int i = trained.get(k);
      Operand<TFloat32> away = tf.math.sub(parameters.get(i), anchors.get(k).read(tf));
      sums.set(k, tf.math.add(gradients.get(k), tf.math.mul(tf.constant(slope), away)));
    }
    return sums;
  }
}
