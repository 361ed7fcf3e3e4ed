package io.limber.numerics.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A gradient, or its derivative along a direction, with respect to a layer's inputs and parameters.
 *
 * @param inputs each [batch, …]; null where nobody needs it
 * @param parameters as in {@link Layer#parameters}
 */
public record LayerGradient(List<Operand<TFloat32>> inputs, List<Operand<TFloat32>> parameters) {

  public LayerGradient {
    inputs = Collections.unmodifiableList(new ArrayList<>(inputs));
    parameters = List.copyOf(parameters);
  }

  /** With respect to the only input and the parameters. */
  public static LayerGradient of(Operand<TFloat32> input, List<Operand<TFloat32>> parameters) {
    return new LayerGradient(Collections.singletonList(input), parameters);
  }
}
