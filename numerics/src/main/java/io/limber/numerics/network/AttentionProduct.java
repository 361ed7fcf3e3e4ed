package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * softmax(q k′ / √d) v in each head, heads side by side on the last axis. Its inputs are queries,
 * keys and values [tokens, heads · d], each from a dense layer of its own; another mixes the heads.
 *
 * @param heads at least 1, divides the features
 * @see "Vaswani et al. (2017), Attention Is All You Need, eq 1"
 */
record AttentionProduct(int heads) implements Layer {

  @Override
  public String describe() {
    return "attention" + heads;
  }

  @Override
  public int inputs() {
    return 3;
  }

  @Override
  public List<Integer> outputShape(List<Integer> input) {
    if (input.size() != 2 || input.get(1) % heads != 0) {
      throw new IllegalArgumentException(
          "attention takes [tokens, features] with features a multiple of its "
              + heads
              + " heads, not "
              + input);
    }
    return input;
  }

  @Override
  public Operand<TFloat32> apply(
      Ops tf,
      List<? extends Operand<TFloat32>> inputs,
      List<? extends Operand<TFloat32>> parameters) {
    Operand<TFloat32> queries = split(tf, inputs.get(0));
    int width = (int) queries.shape().get(3);
    Operand<TFloat32> scores =
        tf.math.mul(
            BatchProduct.of(tf, queries, false, split(tf, inputs.get(1)), true),
            tf.constant((float) (1 / Math.sqrt(width))));
    Operand<TFloat32> mixed =
        BatchProduct.of(tf, tf.nn.softmax(scores), false, split(tf, inputs.get(2)), false);
    int[] joined = {-1, (int) inputs.get(0).shape().get(1), heads * width};
    return tf.reshape(swapped(tf, mixed), tf.constant(joined));
  }

  /** [n, tokens, features] to [n, heads, tokens, d]. */
  private Operand<TFloat32> split(Ops tf, Operand<TFloat32> values) {
    int tokens = (int) values.shape().get(1);
    int width = (int) values.shape().get(2) / heads;
    return swapped(tf, tf.reshape(values, tf.constant(new int[] {-1, tokens, heads, width})));
  }

  private static Operand<TFloat32> swapped(Ops tf, Operand<TFloat32> values) {
    return tf.linalg.transpose(values, tf.constant(new int[] {0, 2, 1, 3}));
  }
}
