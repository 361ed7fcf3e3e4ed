package io.limber.numerics.network;

import io.limber.core.config.InvalidSettingException;
import io.limber.core.env.ObservationSpace;
import java.util.ArrayList;
import java.util.List;

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
      List<Layer> layers =
          switch (settings.kind()) {
            case MLP -> mlp(settings, observations.size());
            case CNN -> cnn(settings.cnn(), observations.shape());
          };
      layers.add(new Dense(outputs));
      NetworkBuilder network = new NetworkBuilder(observations.shape());
      layers.forEach(network::add);
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

  private static List<Layer> mlp(NetworkSettings settings, int inputs) {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Flatten(inputs));
    hidden(layers, settings.hiddenWidths());
    return layers;
  }

  private static List<Layer> cnn(NetworkSettings.Cnn settings, List<Integer> input) {
    List<Layer> layers = new ArrayList<>();
    List<Integer> shape = input;
    for (int i = 0; i < settings.filters().size(); i++) {
      Conv2d convolution =
          new Conv2d(
              settings.filters().get(i),
              settings.kernelSizes().get(i),
              settings.strides().get(i),
              settings.samePadding());
      shape = convolution.outputShape(shape);
      layers.add(convolution);
      layers.add(new Relu());
    }
    layers.add(new Flatten(shape.stream().reduce(1, Math::multiplyExact)));
    hidden(layers, settings.denseWidths());
    return layers;
  }

  private static void hidden(List<Layer> layers, List<Integer> widths) {
    for (int width : widths) {
      layers.add(new Dense(width));
      layers.add(new Relu());
    }
  }
}
