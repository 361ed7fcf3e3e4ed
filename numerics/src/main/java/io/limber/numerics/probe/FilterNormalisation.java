package io.limber.numerics.probe;

import io.limber.core.agent.ParameterLayout;
import io.limber.core.agent.ParameterSnapshot;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Random directions in which every filter moves in proportion to its own length, so that networks
 * that compute the same with differently scaled weights have the same slices.
 *
 * @see "Li et al. (2018), Visualizing the loss landscape of neural nets, section 4"
 */
final class FilterNormalisation {

  private FilterNormalisation() {}

  /**
   * A Gaussian direction d with d ← d/‖d‖ · ‖θ‖ for each filter: all weights into one unit, which
   * is a column of a dense kernel [in, out] or one output channel of a convolution's [height,
   * width, in, out]. Biases and other vectors get 0, as the authors' program does with them.
   *
   * @return [parameters], in the parameters' unit
   */
  static double[] direction(ParameterSnapshot snapshot, RandomGenerator random) {
    FloatBuffer weights = snapshot.values();
    double[] direction = new double[snapshot.layout().size()];
    int from = 0;
    for (ParameterLayout.Tensor tensor : snapshot.layout().tensors()) {
      List<Integer> shape = tensor.shape();
      int end = from + tensor.size();
      if (shape.size() >= 2) {
        int filters = shape.get(shape.size() - 1);
        for (int i = from; i < end; i++) {
          direction[i] = random.nextGaussian();
        }
        for (int filter = 0; filter < filters; filter++) {
          normaliseInPlace(direction, weights, from + filter, filters, end);
        }
      }
      from = end;
    }
    return direction;
  }

  private static void normaliseInPlace(
      double[] direction, FloatBuffer weights, int from, int stride, int end) {
    double drawn = 0;
    double wanted = 0;
    for (int i = from; i < end; i += stride) {
      drawn += direction[i] * direction[i];
      wanted += (double) weights.get(i) * weights.get(i);
    }
    double factor = Math.sqrt(wanted / drawn);
    for (int i = from; i < end; i += stride) {
      direction[i] *= factor;
    }
  }
}
