package io.limber.numerics.network;

import io.limber.core.config.Section;

/**
 * {@code limber.network}.
 *
 * @param architecture which, with its sizes
 * @param hidden what comes behind each hidden layer's kernel
 * @param initializer how kernels start
 */
public record NetworkSettings(
    Architecture architecture, HiddenLayers hidden, Initializer initializer) {

  /** Reads and checks the section. */
  public static NetworkSettings from(Section limber) {
    Section section = limber.section("network");
    Architecture architecture = Architectures.chosen(section);
    HiddenLayers hidden =
        new HiddenLayers(activation(section, architecture), section.bool("layer-norm"));
    architecture.check(section, hidden);
    return new NetworkSettings(
        architecture, hidden, section.constant("initializer", Initializer.class));
  }

  private static Activation activation(Section section, Architecture architecture) {
    return section.string("activation").equals("auto")
        ? architecture.standardActivation()
        : section.constant("activation", Activation.class);
  }
}
