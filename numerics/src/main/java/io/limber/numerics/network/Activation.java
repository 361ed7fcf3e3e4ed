package io.limber.numerics.network;

import java.util.function.Supplier;

/** The nonlinearities by their names in the config. */
public enum Activation {
  /** max(x, 0). */
  RELU(Relu::new),
  /** tanh x. */
  TANH(Tanh::new),
  /** x Φ(x), exactly. */
  GELU(Gelu::new),
  /** max(x, 0) and max(−x, 0) side by side. */
  CRELU(Crelu::new),
  /** x, or 0.01 x where x is negative. */
  LEAKY_RELU(LeakyRelu::new);

  private final Supplier<Layer> layer;

  Activation(Supplier<Layer> layer) {
    this.layer = layer;
  }

  Layer layer() {
    return layer.get();
  }
}
