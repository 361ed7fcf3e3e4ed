package io.limber.numerics.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** tanh x, element by element. */
record Tanh() implements Elementwise {

  @Override
  public String describe() {
    return "tanh";
  }

  @Override
  public Operand<TFloat32> value(Ops tf, Operand<TFloat32> x) {
    return tf.math.tanh(x);
  }

  /** 1 − y². */
  @Override
  public Operand<TFloat32> slope(Ops tf, LayerPoint at) {
    return tf.math.sub(tf.constant(1f), tf.math.square(at.output()));
  }

  /** −2 y (1 − y²). */
  @Override
  public Operand<TFloat32> bend(Ops tf, LayerPoint at) {
    return tf.math.mul(tf.math.mul(tf.constant(-2f), at.output()), slope(tf, at));
  }
}
