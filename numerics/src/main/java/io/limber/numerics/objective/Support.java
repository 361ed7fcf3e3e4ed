package io.limber.numerics.objective;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Equally spaced values zᵢ = min + i Δ with i from 0 to bins − 1 and Δ = (max − min)/(bins − 1).
 *
 * @param bins how many, at least 2
 * @param min the smallest, in units of return
 * @param max the largest
 */
public record Support(int bins, double min, double max) {

  /** Δ. */
  public double spacing() {
    return (max - min) / (bins - 1);
  }

  /** zᵢ [bins]. */
  Operand<TFloat32> values(Ops tf) {
    float[] values = new float[bins];
    for (int i = 0; i < bins; i++) {
      values[i] = (float) (min + i * spacing());
    }
    return tf.constant(values);
  }

  /**
   * Where {@code values} [n, m] lie, in distances Δ from the smallest value: zᵢ lies at i. What is
   * beyond an end counts as the end; what is not finite gives NaN, so that the loss shows it.
   */
  Operand<TFloat32> places(Ops tf, Operand<TFloat32> values) {
    Operand<TFloat32> places =
        tf.math.div(tf.math.sub(values, tf.constant((float) min)), tf.constant((float) spacing()));
    Operand<TFloat32> within =
        tf.clipByValue(places, tf.constant(0f), tf.constant((float) (bins - 1)));
    return tf.math.add(within, tf.math.sub(values, values));
  }

  /** Means of distributions [n, …, bins] over the support, [n, …]. */
  Operand<TFloat32> mean(Ops tf, Operand<TFloat32> probabilities) {
    return tf.reduceSum(tf.math.mul(probabilities, values(tf)), tf.constant(-1));
  }

  /** Outputs [n, actions · bins] as [n, actions, bins]. */
  Operand<TFloat32> perAction(Ops tf, Operand<TFloat32> outputs, int actions) {
    return tf.reshape(outputs, tf.constant(new int[] {-1, actions, bins}));
  }
}
