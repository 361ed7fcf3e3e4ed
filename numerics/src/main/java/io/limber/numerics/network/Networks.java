package io.limber.numerics.network;

import io.limber.core.config.InvalidSettingException;
import io.limber.core.env.ObservationSpace;

/** Builds the configured network for a task. */
public final class Networks {

  private Networks() {}

  /**
   * The network from observations to one output per action.
   *
   * @throws InvalidSettingException if the architecture cannot take the observations
   */
  public static Network of(NetworkSettings settings, ObservationSpace observations, int outputs) {
    try {
      NetworkBuilder network = new NetworkBuilder(observations.shape());
      settings.architecture().addFeatures(network, settings.hidden());
      network.add(new Dense(outputs));
      return network.build(settings.initializer());
    } catch (IllegalArgumentException e) {
      throw InvalidSettingException.of(
          "limber.network",
          "limber.network cannot take observations of shape "
              + observations.shape()
              + ": "
              + e.getMessage());
    }
  }
}
