package io.limber.app.batch;

import io.limber.app.config.EffectiveConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One run among many.
 *
 * @param key names it, and its folder: {@link ConfigKey} of its configuration
 * @param choices what sets it apart from the others, in order, for people
 * @param config all that it obeys
 */
public record Cell(String key, Map<String, String> choices, EffectiveConfig config) {

  public Cell {
    choices = Collections.unmodifiableMap(new LinkedHashMap<>(choices));
  }

  /** The cell of a configuration. */
  public static Cell of(Map<String, String> choices, EffectiveConfig config) {
    return new Cell(ConfigKey.of(config), choices, config);
  }

  /** The same cell, by its key, with what it obeys in its place. */
  public Cell with(EffectiveConfig placed) {
    return new Cell(key, choices, placed);
  }

  /** The choices on one line. */
  public String label() {
    return choices.entrySet().stream()
        .map(choice -> choice.getKey() + "=" + choice.getValue())
        .collect(Collectors.joining(" "));
  }
}
