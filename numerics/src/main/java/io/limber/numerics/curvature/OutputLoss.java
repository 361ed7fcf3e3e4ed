package io.limber.numerics.curvature;

import io.limber.core.random.SeededRandom;
import io.limber.numerics.objective.Objective;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A loss of a network's outputs, with its first and second derivatives; the loss of a batch is the
 * mean over its rows. A row's targets are the numbers that the loss takes beside the outputs.
 */
public interface OutputLoss {

  /**
   * The main task's loss of the outputs that its objective learns. Targets: the action, then the
   * objective's ({@link BootstrapProgram} computes them).
   */
  static OutputLoss of(Objective objective) {
    return new ObjectiveLoss(objective);
  }

  /**
   * Squared distance, summed over outputs, to the network's own outputs at the prepared parameters
   * plus noise. Targets: the noise, N(0, 1) in the paper.
   *
   * @see "Lyle et al. (2023), Understanding Plasticity in Neural Networks, appendix A"
   */
  static OutputLoss ownOutputs() {
    return new SquaredDistance(false, true);
  }

  /** The noise of {@link #ownOutputs}, N(0, 1), in the order of rows and outputs. */
  static float[] noise(int rows, int outputs, SeededRandom random) {
    float[] noise = new float[Math.multiplyExact(rows, outputs)];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    return noise;
  }

  /** Mean over outputs of the squared distance to the targets (eq 4). Targets: one per output. */
  static OutputLoss probe() {
    return new SquaredDistance(true, false);
  }

  /** Targets per row, for a network of {@code outputs} outputs. */
  int targetWidth(int outputs);

  /**
   * What stays fixed while the outputs vary; the targets as given by default.
   *
   * @param outputs at the prepared parameters [n, A]
   * @param given [n, targetWidth]
   * @return [n, targetWidth]
   */
  default Operand<TFloat32> fix(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> given) {
    return given;
  }

  /** The loss of each row [n], of outputs [n, A] and targets [n, targetWidth]. */
  Operand<TFloat32> rows(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets);

  /** The gradient of each row's loss with respect to its outputs [n, A]. */
  Operand<TFloat32> gradient(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets);

  /** The Hessian of each row's loss times the row of {@code direction} [n, A]. */
  Operand<TFloat32> product(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets, Operand<TFloat32> direction);
}
