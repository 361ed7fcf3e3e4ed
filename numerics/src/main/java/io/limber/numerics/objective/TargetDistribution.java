package io.limber.numerics.objective;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;

/**
 * Projections of targets onto a support. Whatever lies beyond its ends is moved to them first, so
 * values outside cannot be learned.
 */
final class TargetDistribution {

  private TargetDistribution() {}

  /**
   * Mass 1 on the two values around y, each with the share by which y is nearer to it; inside the
   * support the mean is y.
   *
   * @param y [n]
   * @return [n, bins]
   * @see "Lyle et al. (2023), section 6.2, two-hot"
   */
  static Operand<TFloat32> twoHot(Ops tf, Support support, Operand<TFloat32> y) {
    return tf.squeeze(
        shares(tf, support, tf.expandDims(y, tf.constant(1))), Squeeze.axis(List.of(1L)));
  }

  /**
   * The distribution of {@code values} with {@code probabilities}, each value's mass split as in
   * {@link #twoHot}.
   *
   * @param values [n, m]
   * @param probabilities [n, m]
   * @return [n, bins]
   * @see "Bellemare, Dabney and Munos (2017), A Distributional Perspective on RL, eq 7"
   */
  static Operand<TFloat32> projected(
      Ops tf, Support support, Operand<TFloat32> values, Operand<TFloat32> probabilities) {
    Operand<TFloat32> masses =
        tf.math.mul(tf.expandDims(probabilities, tf.constant(2)), shares(tf, support, values));
    return tf.reduceSum(masses, tf.constant(1));
  }

  /** max(0, 1 − |distance| / Δ) from each of {@code values} [n, m] to each zᵢ, [n, m, bins]. */
  private static Operand<TFloat32> shares(Ops tf, Support support, Operand<TFloat32> values) {
    Operand<TFloat32> places = tf.expandDims(support.places(tf, values), tf.constant(2));
    Operand<TFloat32> apart = tf.math.abs(tf.math.sub(places, indices(tf, support.bins(), 0)));
    return tf.nn.relu(tf.math.sub(tf.constant(1f), apart));
  }

  /**
   * The mass of a Gaussian around y in the bin of each value, which reaches half way to its
   * neighbours; what the Gaussian has beyond the outermost bins is divided among all.
   *
   * <p>In the source the support's ends are those of the outermost bins; here, as with the other
   * projections, they are the outermost values, and the bins reach Δ/2 further.
   *
   * @param y [n]
   * @param sigma standard deviation, in Δ
   * @return [n, bins]
   * @see "Imani and White (2018), section 3; Farebrother et al. (2024), Stop Regressing, section
   *     3.1"
   */
  static Operand<TFloat32> gaussian(Ops tf, Support support, Operand<TFloat32> y, double sigma) {
    Operand<TFloat32> places = tf.expandDims(support.places(tf, y), tf.constant(1));
    Operand<TFloat32> edges = indices(tf, support.bins() + 1, -0.5f);
    Operand<TFloat32> scaled =
        tf.math.mul(tf.math.sub(edges, places), tf.constant((float) (1 / (sigma * Math.sqrt(2)))));
    // twice the distribution function, less 1
    Operand<TFloat32> below = tf.math.erf(scaled);
    int bins = support.bins();
    Operand<TFloat32> masses =
        tf.math.sub(columns(tf, below, 1, bins), columns(tf, below, 0, bins));
    Operand<TFloat32> all = tf.math.sub(columns(tf, below, bins, 1), columns(tf, below, 0, 1));
    return tf.math.div(masses, all);
  }

  private static Operand<TFloat32> columns(Ops tf, Operand<TFloat32> of, int from, int count) {
    return tf.slice(of, tf.constant(new int[] {0, from}), tf.constant(new int[] {-1, count}));
  }

  /** {@code first}, {@code first} + 1, … */
  private static Operand<TFloat32> indices(Ops tf, int count, float first) {
    float[] indices = new float[count];
    for (int i = 0; i < count; i++) {
      indices[i] = first + i;
    }
    return tf.constant(indices);
  }
}
