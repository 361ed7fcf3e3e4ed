package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Where a layer is linearised: the values of one forward and backward pass. A rule that does not
 * ask for a value keeps nobody from forgetting it.
 */
public interface LayerPoint {

  /** Each [batch, …]. */
  List<Operand<TFloat32>> inputs();

  /** The only input, [batch, …]. */
  default Operand<TFloat32> input() {
    return inputs().get(0);
  }

  /** [batch, …]. */
  Operand<TFloat32> output();

  /** The loss's gradient with respect to the output, [batch, …]. */
  Operand<TFloat32> outputGradient();

  /** As in {@link Layer#parameters}. */
  List<Operand<TFloat32>> parameters();
}
