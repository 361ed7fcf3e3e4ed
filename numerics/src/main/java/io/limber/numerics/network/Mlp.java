package io.limber.numerics.network;

import io.limber.core.config.Section;
import java.util.List;

/**
 * Dense layers one behind the other: {@code limber.network.hidden-widths}.
 *
 * @param widths of the hidden layers, from input to output
 */
record Mlp(List<Integer> widths) implements Architecture {

  static Mlp from(Section network) {
    return new Mlp(Widths.times(Widths.list(network, "hidden-widths"), Widths.multiplier(network)));
  }

  @Override
  public void addFeatures(NetworkBuilder network, HiddenLayers hidden) {
    HiddenLayers.addFlatten(network);
    hidden.addDense(network, widths);
  }
}
