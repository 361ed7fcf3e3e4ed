package io.limber.numerics.network;

import java.util.List;

/**
 * One learned tensor of a layer.
 *
 * @param name within the layer: kernel, bias
 * @param shape sizes of the axes
 * @param fanIn inputs that each output sums over; 0 means that it starts at zero
 */
public record ParameterSpec(String name, List<Integer> shape, int fanIn) {

  public ParameterSpec {
    shape = List.copyOf(shape);
  }

  /** Numbers in it. */
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
