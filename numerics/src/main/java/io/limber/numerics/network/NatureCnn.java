package io.limber.numerics.network;

import io.limber.core.config.Section;
import java.util.List;

/**
 * The Atari agents' network, without padding: 32 filters 8x8 of stride 4, 64 of 4x4 of stride 2, 64
 * of 3x3, dense 512.
 *
 * @see "Mnih et al. (2015), Human-level control through deep reinforcement learning, methods"
 */
final class NatureCnn {

  private NatureCnn() {}

  static Architecture from(Section network) {
    int multiplier = Widths.multiplier(network);
    return new Cnn(
        Widths.times(List.of(32, 64, 64), multiplier),
        List.of(8, 4, 3),
        List.of(4, 2, 1),
        false,
        Widths.times(List.of(512), multiplier));
  }
}
