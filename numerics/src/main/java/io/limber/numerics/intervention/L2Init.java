package io.limber.numerics.intervention;

import io.limber.numerics.optimizer.DelegatingOptimizer;
import io.limber.numerics.optimizer.Optimizer;
import io.limber.numerics.runtime.ProgramBuilder;
import io.limber.numerics.runtime.Variable;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adds 2λ(θ − θ₀) to each gradient before the rule sees it: the gradient of λ Σ (θ − θ₀)², squared,
 * over all trained parameters, biases too. The reported loss leaves the term out.
 *
 * @see "Kumar et al. (2023), Maintaining Plasticity in Continual Learning via Regenerative
 *     Regularization, eq 1"
 */
final class L2Init extends DelegatingOptimizer {

  private final List<Variable> trained;
  private final List<Variable> anchors = new ArrayList<>();
  private final float slope;

  L2Init(Optimizer rule, ProgramBuilder program, List<Variable> trained, double strength) {
    super(rule);
    this.trained = trained;
    slope = (float) (2 * strength);
    trained.forEach(p -> anchors.add(program.variable(p.name() + "/initial", p.shape())));
  }

  /** θ₀. */
  List<Variable> anchors() {
    return anchors;
  }

  @Override
  public List<Op> step(Ops tf, List<Operand<TFloat32>> gradients) {
    List<Operand<TFloat32>> sums = new ArrayList<>(gradients);
    for (int i = 0; i < trained.size(); i++) {
      Operand<TFloat32> away = tf.math.sub(trained.get(i).read(tf), anchors.get(i).read(tf));
      sums.set(i, tf.math.add(gradients.get(i), tf.math.mul(tf.constant(slope), away)));
    }
    return rule.step(tf, sums);
  }
}
