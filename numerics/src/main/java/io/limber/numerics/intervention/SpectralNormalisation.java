package io.limber.numerics.intervention;

import io.limber.numerics.optimizer.DelegatingOptimizer;
import io.limber.numerics.optimizer.Optimizer;
import io.limber.numerics.runtime.ProgramBuilder;
import io.limber.numerics.runtime.Variable;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * Divides the first kernel, as a matrix [fan-in, out], by its largest singular value after each
 * step, with one power iteration per step from the singular vector of the step before.
 *
 * <p>A projection after the step in place of the source's W/σ in the forward pass: the parameters
 * are the effective ones, so acting, target network and probes need to know nothing of it; see
 * docs/adr/020-spectral-normalisation-as-projection.md.
 *
 * @see "Miyato et al. (2018), Spectral Normalization for Generative Adversarial Networks, algorithm
 *     1"
 */
final class SpectralNormalisation extends DelegatingOptimizer {

  private final Variable kernel;
  private final Variable direction;

  /**
   * @param kernel whose last axis is its outputs
   */
  SpectralNormalisation(Optimizer rule, ProgramBuilder program, Variable kernel) {
    super(rule);
    this.kernel = kernel;
    long[] sizes = kernel.shape().asArray();
    direction =
        program.variable(kernel.name() + "/singular-vector", Shape.of(sizes[sizes.length - 1], 1));
  }

  /** The right singular vector [out, 1] as far as it is known. */
  Variable direction() {
    return direction;
  }

  @Override
  public List<Op> step(Ops tf, List<Operand<TFloat32>> gradients) {
    List<Op> done = rule.step(tf, gradients);
    Ops after = tf.withControlDependencies(done);
    Operand<TFloat32> whole = kernel.read(after);
    int out = (int) direction.shape().asArray()[0];
    Operand<TFloat32> matrix = tf.reshape(whole, tf.constant(new int[] {-1, out}));
    Operand<TFloat32> left = unit(tf, tf.linalg.matMul(matrix, direction.read(after)));
    Operand<TFloat32> back = tf.linalg.matMul(matrix, left, MatMul.transposeA(true));
    // with right = back/‖back‖, leftᵀ W right is ‖back‖
    Operand<TFloat32> sigma = norm(tf, back);
    List<Op> all = new ArrayList<>(done);
    all.add(tf.assignVariableOp(direction.handle(), tf.math.div(back, sigma)));
    all.add(tf.assignVariableOp(kernel.handle(), tf.math.div(whole, sigma)));
    return all;
  }

  private static Operand<TFloat32> unit(Ops tf, Operand<TFloat32> vector) {
    return tf.math.div(vector, norm(tf, vector));
  }

  /** Euclidean norm of [n, 1]; never quite zero. */
  private static Operand<TFloat32> norm(Ops tf, Operand<TFloat32> vector) {
    Operand<TFloat32> square = tf.reduceSum(tf.math.square(vector), tf.constant(new int[] {0, 1}));
    return tf.math.maximum(tf.math.sqrt(square), tf.constant(1.0e-12f));
  }
}
