package io.limber.numerics.network;

import java.util.List;

/**
 * One learned tensor of a layer.
 *
 * @param name within the layer: kernel, bias
 * @param shape sizes of the axes
 * @param start how it begins
 */
public record ParameterSpec(String name, List<Integer> shape, Start start) {

  /** How a tensor begins. */
  public sealed interface Start permits Drawn, Constant, Normal {}

  /**
   * As the network's {@link Initializer} says; for kernels [in, out] and [height, width, in, out].
   *
   * @param fanIn inputs that each output sums over, at least 1
   */
  public record Drawn(int fanIn) implements Start {}

  /** All numbers equal. */
  public record Constant(float value) implements Start {}

  /** Normal around zero, whatever the network's initializer. */
  public record Normal(float deviation) implements Start {}

  public ParameterSpec {
    shape = List.copyOf(shape);
  }

  /** A kernel. */
  static ParameterSpec kernel(List<Integer> shape, int fanIn) {
    return new ParameterSpec("kernel", shape, new Drawn(fanIn));
  }

  /** A bias, zero at first. */
  static ParameterSpec bias(int width) {
    return new ParameterSpec("bias", List.of(width), new Constant(0));
  }

  /** Numbers in it. */
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
