package io.limber.numerics.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A direction in which a layer's input and parameters move.
 *
 * @param input [batch, …]; null if the input stays, as the network's own does
 * @param parameters as in {@link Layer#parameters}
 */
public record Direction(Operand<TFloat32> input, List<Operand<TFloat32>> parameters) {

  public Direction {
    parameters = List.copyOf(parameters);
  }

  /** Whether nothing moves. */
  public boolean isZero() {
    return input == null && parameters.isEmpty();
  }
}
