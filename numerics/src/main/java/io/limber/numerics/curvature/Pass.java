package io.limber.numerics.curvature;

import io.limber.numerics.network.LayerPoint;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The values of one forward and backward pass between the layers: place 0 is the input, place i the
 * output of the i-th layer.
 */
interface Pass {

  /** [n, …]. */
  Operand<TFloat32> activation(int place);

  /** The loss's gradient with respect to that activation [n, …]; not for place 0. */
  Operand<TFloat32> gradient(int place);

  /** What the layer between {@code place} and the next sees. */
  default LayerPoint at(int place, List<Operand<TFloat32>> parameters) {
    return new PassPoint(this, place, parameters);
  }

  /** A layer's view. */
  record PassPoint(Pass pass, int place, List<Operand<TFloat32>> parameters) implements LayerPoint {

    @Override
    public Operand<TFloat32> input() {
      return pass.activation(place);
    }

    @Override
    public Operand<TFloat32> output() {
      return pass.activation(place + 1);
    }

    @Override
    public Operand<TFloat32> outputGradient() {
      return pass.gradient(place + 1);
    }
  }
}
