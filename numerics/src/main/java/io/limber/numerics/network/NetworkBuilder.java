package io.limber.numerics.network;

import io.limber.numerics.network.Network.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts layers together. Place 0 is the observation; each added layer's output is a new place:
 *
 * <pre>{@code
 * NetworkBuilder network = new NetworkBuilder(List.of(8));
 * int before = network.add(new Dense(16));
 * int bent = network.add(new Relu());
 * network.add(new Add(), before, bent);
 * network.add(new Dense(4));
 * Network built = network.build(Initializer.LECUN_NORMAL);
 * }</pre>
 */
public final class NetworkBuilder {

  private final List<List<Integer>> shapes = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();
  private final List<ParameterSpec> specs = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> used = new HashMap<>();

  /**
   * @param inputShape shape of one observation
   */
  public NetworkBuilder(List<Integer> inputShape) {
    shapes.add(List.copyOf(inputShape));
  }

  /** The newest place. */
  public int last() {
    return stages.size();
  }

  /** Shape of what is at a place, of one example. */
  public List<Integer> shape(int place) {
    return shapes.get(place);
  }

  /** Adds a layer behind the newest place. */
  public int add(Layer layer) {
    return add(layer, last());
  }

  /**
   * Adds a layer.
   *
   * @param inputs places that it takes its inputs from
   * @return the place of its output
   * @throws IllegalArgumentException if it cannot take them
   */
  public int add(Layer layer, int... inputs) {
    List<Integer> input = inputShape(layer, inputs);
    List<Integer> output = layer.outputShape(input);
    List<ParameterSpec> own = layer.parameters(input);
    if (!own.isEmpty()) {
      String prefix = layer.group() + "-" + (used.merge(layer.group(), 1, Integer::sum) - 1);
      own.forEach(spec -> names.add(prefix + "/" + spec.name()));
    }
    int from = specs.size();
    specs.addAll(own);
    List<Integer> places = Arrays.stream(inputs).boxed().toList();
    stages.add(new Stage(layer, stages.size() + 1, places, input, output, from, specs.size()));
    shapes.add(List.copyOf(output));
    return last();
  }

  private List<Integer> inputShape(Layer layer, int[] inputs) {
    if (inputs.length != layer.inputs()) {
      throw new IllegalArgumentException(
          layer.describe() + " takes " + layer.inputs() + " inputs, not " + inputs.length);
    }
    for (int place : inputs) {
      if (place < 0 || place > last()) {
        throw new IllegalArgumentException(
            layer.describe() + " cannot take place " + place + " of " + last());
      }
    }
    List<List<Integer>> different = Arrays.stream(inputs).mapToObj(this::shape).distinct().toList();
    if (different.size() > 1) {
      throw new IllegalArgumentException(
          layer.describe() + " takes inputs of equal shapes, not " + different);
    }
    return different.get(0);
  }

  /**
   * The network whose output is the newest place.
   *
   * @param initializer how its kernels start
   * @throws IllegalArgumentException if it has no layer or a place leads nowhere
   */
  public Network build(Initializer initializer) {
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("a network has at least one layer");
    }
    for (int place = 0; place < last(); place++) {
      int sought = place;
      if (stages.stream().noneMatch(stage -> stage.inputs().contains(sought))) {
        throw new IllegalArgumentException("nobody takes what is at place " + place);
      }
    }
    return new Network(shapes.get(0), stages, specs, names, initializer);
  }
}
