package io.limber.core.agent;

import java.util.List;

/**
 * The tensors of a network, in the order in which a flat parameter vector holds them.
 *
 * @param architecture name of what they belong to, for instance {@code mlp-784-512-512-10-relu}
 * @param tensors names and shapes, in order
 */
public record ParameterLayout(String architecture, List<Tensor> tensors) {

  /**
   * One tensor.
   *
   * @param name for instance {@code dense-0/kernel}
   * @param shape sizes of the axes; empty for a scalar
   */
  public record Tensor(String name, List<Integer> shape) {
    public Tensor {
      shape = List.copyOf(shape);
    }

    /** Numbers in it. */
    public int size() {
      return shape.stream().reduce(1, Math::multiplyExact);
    }
  }

  public ParameterLayout {
    tensors = List.copyOf(tensors);
  }

  /** Where a tensor begins in the flat vector. */
  public int offset(int tensor) {
    return tensors.subList(0, tensor).stream().mapToInt(Tensor::size).sum();
  }

  /** Numbers in all tensors. */
  public int size() {
    return tensors.stream().mapToInt(Tensor::size).reduce(0, Math::addExact);
  }
}
