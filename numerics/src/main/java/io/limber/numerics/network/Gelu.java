package io.limber.numerics.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * x Φ(x) with the standard normal's distribution function Φ, exactly (by erf, not by its
 * approximation with tanh), element by element.
 *
 * @see "Hendrycks and Gimpel (2016), Gaussian Error Linear Units, section 2"
 */
record Gelu() implements Elementwise {

  @Override
  public String describe() {
    return "gelu";
  }

  @Override
  public Operand<TFloat32> value(Ops tf, Operand<TFloat32> x) {
    return tf.math.mul(x, distribution(tf, x));
  }

  /** Φ(x) + x φ(x). */
  @Override
  public Operand<TFloat32> slope(Ops tf, LayerPoint at) {
    Operand<TFloat32> x = at.input();
    return tf.math.add(distribution(tf, x), tf.math.mul(x, density(tf, x)));
  }

  /** (2 − x²) φ(x). */
  @Override
  public Operand<TFloat32> bend(Ops tf, LayerPoint at) {
    Operand<TFloat32> x = at.input();
    return tf.math.mul(tf.math.sub(tf.constant(2f), tf.math.square(x)), density(tf, x));
  }

  private static Operand<TFloat32> distribution(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> scaled = tf.math.mul(x, tf.constant((float) Math.sqrt(0.5)));
    return tf.math.mul(tf.constant(0.5f), tf.math.add(tf.constant(1f), tf.math.erf(scaled)));
  }

  private static Operand<TFloat32> density(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> half = tf.math.mul(tf.constant(-0.5f), tf.math.square(x));
    return tf.math.mul(tf.constant((float) (1 / Math.sqrt(2 * Math.PI))), tf.math.exp(half));
  }
}
