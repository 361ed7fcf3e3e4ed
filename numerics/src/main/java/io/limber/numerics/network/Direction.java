package io.limber.numerics.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A direction in which a layer's inputs and parameters move.
 *
 * @param inputs each [batch, …]; null where an input stays, as the network's own does
 * @param parameters as in {@link Layer#parameters}
 */
public record Direction(List<Operand<TFloat32>> inputs, List<Operand<TFloat32>> parameters) {

  public Direction {
    inputs = Collections.unmodifiableList(new ArrayList<>(inputs));
    parameters = List.copyOf(parameters);
  }

  /** How the only input moves; null if it stays. */
  public Operand<TFloat32> input() {
    return inputs.get(0);
  }

  /** Whether nothing moves. */
  public boolean isZero() {
    return parameters.isEmpty() && inputs.stream().allMatch(Objects::isNull);
  }
}
