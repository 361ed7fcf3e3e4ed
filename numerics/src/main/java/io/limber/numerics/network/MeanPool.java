package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The mean over all axes but the last: over the pixels of an image or over the tokens. */
record MeanPool() implements UnaryLayer {

  @Override
  public String describe() {
    return "meanpool";
  }

  @Override
  public boolean keepsUnits() {
    return true;
  }

  @Override
  public List<Integer> outputShape(List<Integer> input) {
    if (input.size() < 2) {
      throw new IllegalArgumentException("there is nothing to take a mean over in " + input);
    }
    return List.of(input.get(input.size() - 1));
  }

  @Override
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
    return tf.math.mean(input, tf.constant(Normalization.axesButLast(input, 1)));
  }

  @Override
  public Operand<TFloat32> tangent(Ops tf, LayerPoint at, Direction direction) {
    return tf.math.mean(direction.input(), tf.constant(Normalization.axesButLast(at.input(), 1)));
  }

  /** δ / positions at each position. */
  @Override
  public LayerGradient gradientTangent(
      Ops tf, LayerPoint at, Direction direction, Operand<TFloat32> outputGradientTangent) {
    long[] sizes = at.input().shape().asArray();
    int[] one = new int[sizes.length];
    float positions = 1;
    for (int i = 1; i < sizes.length - 1; i++) {
      one[i] = 1;
      positions *= sizes[i];
    }
    one[0] = -1;
    one[sizes.length - 1] = (int) sizes[sizes.length - 1];
    Operand<TFloat32> share =
        tf.math.div(tf.reshape(outputGradientTangent, tf.constant(one)), tf.constant(positions));
    return LayerGradient.of(tf.broadcastTo(share, tf.shape(at.input())), List.of());
  }
}
