package io.limber.numerics.network;

import java.util.List;

/**
 * What comes behind each hidden layer's kernel.
 *
 * @param activation the nonlinearity
 * @param layerNorm whether a layer norm comes before it
 */
public record HiddenLayers(Activation activation, boolean layerNorm) {

  /** Adds a layer with a kernel, its norm and the nonlinearity behind the newest place. */
  void add(NetworkBuilder network, Layer linear) {
    network.add(linear);
    if (layerNorm) {
      network.add(new LayerNorm());
    }
    network.add(activation.layer());
  }

  /** Adds dense layers of these widths. */
  void addDense(NetworkBuilder network, List<Integer> widths) {
    widths.forEach(width -> add(network, new Dense(width)));
  }

  /** Adds a flatten of the newest place. */
  static void addFlatten(NetworkBuilder network) {
    List<Integer> shape = network.shape(network.last());
    network.add(new Flatten(shape.stream().reduce(1, Math::multiplyExact)));
  }
}
