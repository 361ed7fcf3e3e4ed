package io.limber.numerics.objective;

import io.limber.numerics.network.UnaryLayer;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Action values from logits: per action, the mean of the support under softmax. Learns nothing.
 *
 * @param actions number of actions
 * @param support of each action's distribution
 */
record ExpectedValue(int actions, Support support) implements UnaryLayer {

  @Override
  public String describe() {
    return "mean" + support.bins() + "[" + support.min() + "," + support.max() + "]";
  }

  @Override
  public List<Integer> outputShape(List<Integer> input) {
    if (!input.equals(List.of(actions * support.bins()))) {
      throw new IllegalArgumentException(
          "means take " + actions + " x " + support.bins() + " logits, not " + input);
    }
    return List.of(actions);
  }

  @Override
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
    return support.mean(tf, tf.nn.softmax(support.perAction(tf, input, actions)));
  }
}
