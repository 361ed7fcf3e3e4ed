package io.limber.core.env;

import io.limber.core.data.LabelledImages;
import io.limber.core.random.RandomStreams;

/** Makes the environments of a run. Thread-safe: actors ask it for their own instances. */
@FunctionalInterface
public interface EnvironmentFactory {

  /**
   * A new environment, not yet reset.
   *
   * @param random the root streams of the run; what all environments of a run must agree on, for
   *     instance random labels, is drawn from named streams of it. Episodes are not: their seed
   *     comes with the reset
   */
  Environment create(RandomStreams random);

  /** The configured task over {@code images}, which all instances share. */
  static EnvironmentFactory of(EnvironmentSettings settings, LabelledImages images) {
    return switch (settings.kind()) {
      case TRUE_LABEL, RANDOM_LABEL, SPARSE_REWARD -> new BlockMdpFactory(settings, images);
      case SUPERVISED -> new SupervisedFactory(settings, images);
    };
  }
}
