package io.limber.numerics.objective;

import io.limber.numerics.network.Network;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What an agent learns of a transition: a loss of the outputs for s_tm1 against a target, with its
 * first and second derivatives, and how outputs become the action values that it acts by. Parts of
 * a graph; immutable.
 *
 * <p>Shapes: outputs [n, {@link #outputs()}], actions [n], targets [n, {@link #targetWidth()}].
 */
public interface Objective {

  /** The configured objective for that many actions. */
  static Objective of(ObjectiveSettings settings, int actions) {
    return switch (settings.kind()) {
      case DQN, DOUBLE_DQN ->
          switch (settings.output()) {
            case SCALAR -> new ScalarValues(settings, actions);
            case CATEGORICAL -> new CategoricalValues(settings, actions);
          };
      case CLASSIFICATION -> new Classification(actions);
      case REGRESSION -> new Regression(actions);
    };
  }

  /** Outputs that the loss is of; the width of the layer that an architecture ends in. */
  int outputs();

  /** Numbers that the loss takes per transition, besides the action. */
  int targetWidth();

  /** Whether {@link #targets} needs the target network's outputs of s_t. */
  boolean needsTargetNext();

  /** Whether {@link #targets} needs the online network's outputs of s_t. */
  boolean needsOnlineNext();

  /** The agent's network, which gives action values: {@code architecture} and a decoding. */
  default Network agent(Network architecture) {
    return architecture;
  }

  /** The part of the agent's network that gives {@link #outputs()}, with all its parameters. */
  default Network learned(Network agent) {
    return agent;
  }

  /**
   * What the loss compares with, a constant for the gradient.
   *
   * @param rT rewards [n]
   * @param discountT 0 after a terminated step, else 1 [n]
   * @param targetNext the target network's outputs of s_t; null unless {@link #needsTargetNext()}
   * @param onlineNext the online network's outputs of s_t; null unless {@link #needsOnlineNext()}
   */
  Operand<TFloat32> targets(
      Ops tf,
      Operand<TFloat32> rT,
      Operand<TFloat32> discountT,
      Operand<TFloat32> targetNext,
      Operand<TFloat32> onlineNext);

  /** The loss of each row [n]. */
  Operand<TFloat32> losses(
      Ops tf, Operand<TFloat32> outputs, Operand<TInt32> actions, Operand<TFloat32> targets);

  /** The gradient of each row's loss with respect to its outputs. */
  Operand<TFloat32> gradient(
      Ops tf, Operand<TFloat32> outputs, Operand<TInt32> actions, Operand<TFloat32> targets);

  /** The Hessian of each row's loss times the row of {@code direction}, which is like outputs. */
  Operand<TFloat32> product(
      Ops tf,
      Operand<TFloat32> outputs,
      Operand<TInt32> actions,
      Operand<TFloat32> targets,
      Operand<TFloat32> direction);

  /** What is predicted of each row's action [n], for people; {@link #targetValues} beside it. */
  Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs, Operand<TInt32> actions);

  /** What each prediction ought to be [n]. */
  Operand<TFloat32> targetValues(Ops tf, Operand<TFloat32> targets);
}
