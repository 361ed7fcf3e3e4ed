package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * An image's pixels as a sequence of tokens, row by row: [height, width, channels] to [count,
 * channels].
 *
 * @param count height · width
 * @param channels features of a token
 */
record Tokens(int count, int channels) implements UnaryLayer {

  @Override
  public String describe() {
    return "tokens";
  }

  @Override
  public boolean keepsUnits() {
    return true;
  }

  @Override
  public List<Integer> outputShape(List<Integer> input) {
    return List.of(count, channels);
  }

  @Override
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
    return tf.reshape(input, tf.constant(new int[] {-1, count, channels}));
  }

  @Override
  public Operand<TFloat32> tangent(Ops tf, LayerPoint at, Direction direction) {
    return apply(tf, direction.input(), List.of());
  }

  @Override
  public LayerGradient gradientTangent(
      Ops tf, LayerPoint at, Direction direction, Operand<TFloat32> outputGradientTangent) {
    return LayerGradient.of(
        tf.reshape(outputGradientTangent, tf.shape(direction.input())), List.of());
  }
}
