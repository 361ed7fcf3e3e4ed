package io.limber.numerics.network;

import io.limber.core.config.Section;
import java.util.List;

/** Reads sizes of layers. */
final class Widths {

  private static final int LARGEST = 1 << 20;

  private Widths() {}

  /** A list of sizes. */
  static List<Integer> list(Section section, String key) {
    List<Integer> values = section.integers(key);
    section.require(
        values.stream().allMatch(v -> v >= 1 && v <= LARGEST),
        key,
        values,
        "have entries between 1 and 1048576 only");
    return values;
  }

  /** One size. */
  static int one(Section section, String key) {
    int value = section.integer(key);
    section.require(value >= 1 && value <= LARGEST, key, value, "lie between 1 and 1048576");
    return value;
  }

  /** {@code limber.network.width-multiplier}: what all widths are multiplied with. */
  static int multiplier(Section network) {
    int value = network.integer("width-multiplier");
    network.require(
        value >= 1 && value <= 1024, "width-multiplier", value, "lie between 1 and 1024");
    return value;
  }

  /** All values times {@code factor}. */
  static List<Integer> times(List<Integer> values, int factor) {
    return values.stream().map(v -> Math.multiplyExact(v, factor)).toList();
  }
}
