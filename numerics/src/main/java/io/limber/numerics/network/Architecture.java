package io.limber.numerics.network;

import io.limber.core.config.InvalidSettingException;
import io.limber.core.config.Section;

/**
 * A kind of network with its sizes. A new one is a file, a line in {@link Architectures} and its
 * defaults.
 */
public interface Architecture {

  /**
   * Adds all layers up to the features, which the head turns into outputs.
   *
   * @throws IllegalArgumentException if it cannot take observations of the builder's shape
   */
  void addFeatures(NetworkBuilder network, HiddenLayers hidden);

  /** The nonlinearity that {@code network.activation = auto} stands for. */
  default Activation standardActivation() {
    return Activation.RELU;
  }

  /**
   * Lets through what it can be combined with.
   *
   * @param network {@code limber.network}
   * @throws InvalidSettingException if it cannot; by default it can with all
   */
  default void check(Section network, HiddenLayers hidden) {}
}
