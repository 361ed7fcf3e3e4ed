package io.limber.numerics.network;

import io.limber.core.agent.ParameterLayout;
import io.limber.core.random.SeededRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A chain of layers with fixed input shape: all that a program needs to know of an architecture.
 */
public final class Network {

  private final List<Integer> inputShape;
  private final List<Layer> layers;
  private final List<Integer> parameterCounts = new ArrayList<>();
  private final List<ParameterSpec> specs = new ArrayList<>();
  private final List<Integer> outputShape;
  private final Initializer initializer;
  private final ParameterLayout layout;

  /**
   * @param inputShape shape of one observation
   * @throws IllegalArgumentException if a layer cannot take what the one before it gives
   */
  Network(List<Integer> inputShape, List<Layer> layers, Initializer initializer) {
    this.inputShape = List.copyOf(inputShape);
    this.layers = List.copyOf(layers);
    this.initializer = initializer;
    List<ParameterLayout.Tensor> tensors = new ArrayList<>();
    Map<String, Integer> used = new HashMap<>();
    List<Integer> shape = this.inputShape;
    for (Layer layer : this.layers) {
      List<ParameterSpec> own = layer.parameters(shape);
      if (!own.isEmpty()) {
        String prefix = layer.group() + "-" + (used.merge(layer.group(), 1, Integer::sum) - 1);
        own.forEach(
            s -> tensors.add(new ParameterLayout.Tensor(prefix + "/" + s.name(), s.shape())));
      }
      specs.addAll(own);
      parameterCounts.add(own.size());
      shape = layer.outputShape(shape);
    }
    outputShape = shape;
    layout = new ParameterLayout(architecture(), tensors);
  }

  public ParameterLayout layout() {
    return layout;
  }

  /** Shape of one observation. */
  public List<Integer> inputShape() {
    return inputShape;
  }

  /** Shape of one output. */
  public List<Integer> outputShape() {
    return outputShape;
  }

  /** The learned tensors, in the layout's order. */
  public List<ParameterSpec> parameters() {
    return List.copyOf(specs);
  }

  /**
   * The output.
   *
   * @param input [batch, inputShape…]
   * @param parameters in the layout's order
   * @return [batch, outputShape…]
   */
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
    Operand<TFloat32> value = input;
    int next = 0;
    for (int i = 0; i < layers.size(); i++) {
      int count = parameterCounts.get(i);
      value = layers.get(i).apply(tf, value, parameters.subList(next, next + count));
      next += count;
    }
    return value;
  }

  /** Freshly initialised parameters, in the layout's order. */
  public float[] initialise(SeededRandom random) {
    float[] values = new float[layout.size()];
    int next = 0;
    for (ParameterSpec spec : specs) {
      if (spec.fanIn() > 0) {
        initializer.fill(values, next, spec.size(), spec.fanIn(), random);
      }
      next += spec.size();
    }
    return values;
  }

  private String architecture() {
    String shape = inputShape.stream().map(String::valueOf).collect(Collectors.joining("x"));
    return shape + layers.stream().map(l -> "-" + l.describe()).collect(Collectors.joining());
  }
}
