package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A smooth nonlinearity y = f(x), element by element, with its first two derivatives. */
interface Elementwise extends UnaryLayer {

  /** f(x). */
  Operand<TFloat32> value(Ops tf, Operand<TFloat32> x);

  /** f′(x). */
  Operand<TFloat32> slope(Ops tf, LayerPoint at);

  /** f″(x). */
  Operand<TFloat32> bend(Ops tf, LayerPoint at);

  @Override
  default boolean isNonlinearity() {
    return true;
  }

  @Override
  default boolean keepsUnits() {
    return true;
  }

  @Override
  default List<Integer> outputShape(List<Integer> input) {
    return input;
  }

  @Override
  default Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
    return value(tf, input);
  }

  @Override
  default Operand<TFloat32> tangent(Ops tf, LayerPoint at, Direction direction) {
    return tf.math.mul(slope(tf, at), direction.input());
  }

  @Override
  default LayerGradient gradientTangent(
      Ops tf, LayerPoint at, Direction direction, Operand<TFloat32> outputGradientTangent) {
    Operand<TFloat32> moved = tf.math.mul(at.outputGradient(), direction.input());
    return LayerGradient.of(
        tf.math.add(
            tf.math.mul(slope(tf, at), outputGradientTangent), tf.math.mul(bend(tf, at), moved)),
        List.of());
  }
}
