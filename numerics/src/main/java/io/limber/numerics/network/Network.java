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

  /**
   * A layer in its place.
   *
   * @param inputShape of one example
   * @param outputShape of one example
   * @param from its first parameter in the layout's order
   * @param to after its last
   */
  public record Stage(
      Layer layer, List<Integer> inputShape, List<Integer> outputShape, int from, int to) {

    /** The layer's own among all {@code parameters}. */
    public <T> List<T> own(List<T> parameters) {
      return parameters.subList(from, to);
    }

    /** Whether it learns. */
    public boolean hasParameters() {
      return to > from;
    }
  }

  private final List<Integer> inputShape;
  private final List<Stage> stages = new ArrayList<>();
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
    this.initializer = initializer;
    List<ParameterLayout.Tensor> tensors = new ArrayList<>();
    Map<String, Integer> used = new HashMap<>();
    List<Integer> shape = this.inputShape;
    for (Layer layer : layers) {
      List<ParameterSpec> own = layer.parameters(shape);
      if (!own.isEmpty()) {
        String prefix = layer.group() + "-" + (used.merge(layer.group(), 1, Integer::sum) - 1);
        own.forEach(
            s -> tensors.add(new ParameterLayout.Tensor(prefix + "/" + s.name(), s.shape())));
      }
      List<Integer> output = layer.outputShape(shape);
      stages.add(new Stage(layer, shape, output, specs.size(), specs.size() + own.size()));
      specs.addAll(own);
      shape = output;
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
    return activations(tf, input, parameters).get(stages.size());
  }

  /** The input, then each layer's output; otherwise as {@link #apply}. */
  public List<Operand<TFloat32>> activations(
      Ops tf, Operand<TFloat32> input, List<? extends Operand<TFloat32>> parameters) {
    List<Operand<TFloat32>> values = new ArrayList<>(List.of(input));
    for (Stage stage : stages) {
      Operand<TFloat32> last = values.get(values.size() - 1);
      values.add(stage.layer().apply(tf, last, stage.own(parameters)));
    }
    return values;
  }

  /** The layers in their order. */
  public List<Stage> stages() {
    return List.copyOf(stages);
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
    return shape
        + stages.stream().map(s -> "-" + s.layer().describe()).collect(Collectors.joining());
  }
}
