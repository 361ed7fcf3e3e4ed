package io.limber.numerics.network;

import java.util.ArrayList;
import java.util.List;

/** Small networks of chosen layers; some have layers with a forward rule only. */
public final class TestNetworks {

  private TestNetworks() {}

  /** Dense ReLU layers of these widths; the first is the input's, the last has no ReLU. */
  public static Network dense(int in, int... widths) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      layers.add(new Dense(widths[i]));
      if (i < widths.length - 1) {
        layers.add(new Relu());
      }
    }
    return chain(List.of(in), layers);
  }

  /** 5x4 pixels, conv3x3x3 of stride 2, conv2x2x2 without padding, dense 5, outputs 3. */
  public static Network convolutional() {
    return chain(
        List.of(5, 4, 2),
        List.of(
            new Conv2d(3, 3, 2, true),
            new Relu(),
            new Conv2d(2, 2, 1, false),
            new Relu(),
            new Flatten(4),
            new Dense(5),
            new Relu(),
            new Dense(3)));
  }

  /** 3x2 pixels of 192 channels, conv2x2x192: too large a kernel to form its gradient at once. */
  public static Network wideConvolution() {
    return chain(
        List.of(3, 2, 192),
        List.of(new Conv2d(192, 2, 1, true), new Relu(), new Flatten(3 * 2 * 192), new Dense(3)));
  }

  /** Dense 6, layer norm, tanh, dense 5, tanh, outputs 3. */
  public static Network smooth(int in) {
    return chain(
        List.of(in),
        List.of(new Dense(6), new LayerNorm(), new Tanh(), new Dense(5), new Tanh(), new Dense(3)));
  }

  private static Network chain(List<Integer> input, List<Layer> layers) {
    NetworkBuilder network = new NetworkBuilder(input);
    layers.forEach(network::add);
    return network.build(Initializer.LECUN_NORMAL);
  }
}
