package io.limber.numerics.network;

import io.limber.core.config.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The architectures by their names in the config. */
final class Architectures {

  private static final Map<String, Function<Section, Architecture>> READERS = new LinkedHashMap<>();

  static {
    READERS.put("mlp", Mlp::from);
    READERS.put("cnn", Cnn::from);
    READERS.put("resnet18", ResNet18::from);
    READERS.put("vit", VisionTransformer::from);
    READERS.put("nature-cnn", NatureCnn::from);
  }

  private Architectures() {}

  /** Reads and checks all of them, so that no setting is overlooked; returns the one chosen. */
  static Architecture chosen(Section network) {
    String name = network.string("kind");
    network.require(
        READERS.containsKey(name),
        "kind",
        name,
        "be one of " + String.join(", ", READERS.keySet()));
    Map<String, Architecture> all = new LinkedHashMap<>();
    READERS.forEach((key, reader) -> all.put(key, reader.apply(network)));
    return all.get(name);
  }
}
