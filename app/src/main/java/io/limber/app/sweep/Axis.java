package io.limber.app.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.limber.app.config.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One direction of a grid.
 *
 * @param name the key that it varies, or a name of its own where each choice sets several keys
 * @param choices at least one
 */
record Axis(String name, List<Choice> choices) {

  private static final String LABEL = "label";

  Axis {
    choices = List.copyOf(choices);
  }

  /**
   * Reads one axis.
   *
   * @param name a key, for a list of values; any name for a list of sections
   * @param values what the file has there
   * @param file for messages
   * @throws SweepFileException if it is no list, an empty one, or mixes values and sections
   */
  static Axis read(String name, ConfigValue values, String file) {
    if (!(values instanceof ConfigList list) || list.isEmpty()) {
      throw new SweepFileException(
          "%s: sweep.axes.%s = %s must be a list with at least one choice"
              .formatted(file, name, text(values)));
    }
    List<Choice> choices = new ArrayList<>();
    for (ConfigValue value : list) {
      if (value.valueType() != list.get(0).valueType()
          && isSection(value) != isSection(list.get(0))) {
        throw new SweepFileException(
            "%s: sweep.axes.%s must have either values or sections, not both"
                .formatted(file, name));
      }
      choices.add(
          isSection(value) ? section((ConfigObject) value, file) : value(name, value, file));
    }
    return new Axis(name, choices);
  }

  private static boolean isSection(ConfigValue value) {
    return value.valueType() == ConfigValueType.OBJECT;
  }

  private static Choice value(String key, ConfigValue value, String file) {
    return new Choice(label(value), List.of(new Assignment(file, key, text(value))));
  }

  private static Choice section(ConfigObject section, String file) {
    Config keys = section.toConfig().withoutPath(LABEL);
    List<Assignment> assignments = assignments(keys, file);
    String label =
        section.containsKey(LABEL)
            ? label(section.get(LABEL))
            : assignments.stream()
                .map(set -> set.path() + "=" + set.value())
                .collect(Collectors.joining(", "));
    return new Choice(label, assignments);
  }

  /** Every key of a section with its value, in the order of the keys. */
  static List<Assignment> assignments(Config section, String file) {
    return section.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> new Assignment(file, entry.getKey(), text(entry.getValue())))
        .toList();
  }

  private static String label(ConfigValue value) {
    return value.valueType() == ConfigValueType.STRING ? value.unwrapped().toString() : text(value);
  }

  private static String text(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }
}
