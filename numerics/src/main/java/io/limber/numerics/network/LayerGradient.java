package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A gradient, or its derivative along a direction, with respect to a layer's input and parameters.
 *
 * @param input [batch, …]; null if nobody needs it
 * @param parameters as in {@link Layer#parameters}
 */
public record LayerGradient(Operand<TFloat32> input, List<Operand<TFloat32>> parameters) {

  public LayerGradient {
    parameters = List.copyOf(parameters);
  }
}
