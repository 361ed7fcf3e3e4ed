package io.limber.app.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.function.Predicate;

/**
 * One key set on the command line.
 *
 * @param flag who set it, for messages, for instance {@code --seed}
 * @param path HOCON path, with or without the leading {@code limber.}
 * @param value text as typed; HOCON, or taken literally where it is no HOCON
 */
public record Assignment(String flag, String path, String value) {

  /**
   * Reads {@code key=value}.
   *
   * @throws InvalidConfigException if there is no {@code =} or no key
   */
  public static Assignment parse(String flag, String text) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw new InvalidConfigException(
          List.of(flag + " " + text + " must have the form key=value, for instance seed=2"));
    }
    return new Assignment(
        flag, text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }

  /**
   * This one key as a config.
   *
   * @param isRoot whether a path that starts with the given key is already complete
   */
  Config toConfig(Predicate<String> isRoot) {
    List<String> elements;
    try {
      elements = ConfigUtil.splitPath(path);
    } catch (ConfigException e) {
      throw new InvalidConfigException(
          List.of(flag + " " + path + " must be a path of keys joined by dots"));
    }
    String full = isRoot.test(elements.get(0)) ? path : "limber." + path;
    return ConfigFactory.empty().withValue(full, hocon());
  }

  private ConfigValue hocon() {
    // Two slashes and a hash start a comment, which nobody means on a command line.
    boolean comment = !value.startsWith("\"") && (value.contains("//") || value.contains("#"));
    if (!value.isEmpty() && !comment) {
      try {
        return ConfigFactory.parseString(
                "value = " + value, ConfigParseOptions.defaults().setOriginDescription(flag))
            .getValue("value");
      } catch (ConfigException e) {
        // Not HOCON, for instance a path with a colon: taken literally below.
        return literal();
      }
    }
    return literal();
  }

  private ConfigValue literal() {
    return ConfigValueFactory.fromAnyRef(value, flag);
  }
}
