package io.limber.core.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One section of the configuration, read by exactly one settings record. Every getter reports
 * problems with the full path, so a settings record never has to.
 */
public final class Section {

  private final Config config;
  private final String prefix;

  private Section(Config config, String prefix) {
    this.config = config;
    this.prefix = prefix;
  }

  /**
   * The section at {@code path} of the root config.
   *
   * @throws InvalidSettingException if there is no such section
   */
  public static Section of(Config root, String path) {
    try {
      return new Section(root.getConfig(path), path);
    } catch (ConfigException e) {
      throw InvalidSettingException.of(path, path + " is not a section: " + e.getMessage());
    }
  }

  /** The section nested at {@code key}. */
  public Section section(String key) {
    return new Section(read(key, config::getConfig), path(key));
  }

  /** The sections nested at {@code key}, by name; the names are free and may contain dots. */
  public SortedMap<String, Section> sections(String key) {
    Section parent = section(key);
    SortedMap<String, Section> sections = new TreeMap<>();
    for (String name : parent.config.root().keySet()) {
      sections.put(name, parent.section(ConfigUtil.joinPath(name)));
    }
    return sections;
  }

  /** The keys directly in this section, sorted; for sections whose keys are free. */
  public List<String> keys() {
    return config.root().keySet().stream().sorted().toList();
  }

  /** Full path of {@code key}. */
  public String path(String key) {
    return prefix + "." + key;
  }

  public String string(String key) {
    return read(key, config::getString);
  }

  public boolean bool(String key) {
    return read(key, config::getBoolean);
  }

  /** An integer; HOCON's silent truncation of 1.5 to 1 is refused. */
  public int integer(String key) {
    long value = wholeNumber(key);
    require(
        value == (int) value,
        key,
        value,
        "fit in 32 bits, that is lie in [-2147483648, 2147483647]");
    return (int) value;
  }

  public long wholeNumber(String key) {
    double value = read(key, config::getDouble);
    require(value == Math.rint(value), key, value, "be a whole number");
    return read(key, config::getLong);
  }

  public double real(String key) {
    double value = read(key, config::getDouble);
    require(Double.isFinite(value), key, value, "be a finite number");
    return value;
  }

  public Duration duration(String key) {
    return read(key, config::getDuration);
  }

  /** A duration of a millisecond or more. */
  public Duration positiveDuration(String key) {
    Duration value = duration(key);
    require(value.toMillis() >= 1, key, value.toMillis() + "ms", "be at least 1ms");
    return value;
  }

  /** A size in bytes, for instance {@code 64 MiB}. */
  public long bytes(String key) {
    return read(key, config::getBytes);
  }

  /** A file or folder, which need not be there; empty where the text is. */
  public Optional<Path> file(String key) {
    String text = string(key);
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      throw new InvalidSettingException(path(key), text, "be a path: " + e.getReason());
    }
  }

  public List<Integer> integers(String key) {
    return List.copyOf(read(key, config::getIntList));
  }

  public List<String> strings(String key) {
    return List.copyOf(read(key, config::getStringList));
  }

  /**
   * A constant of {@code type}, written in the config in kebab-case ({@code TRUE_LABEL} is {@code
   * true-label}).
   */
  public <E extends Enum<E>> E constant(String key, Class<E> type) {
    String value = string(key);
    for (E constant : type.getEnumConstants()) {
      if (kebab(constant).equals(value)) {
        return constant;
      }
    }
    String choices =
        Arrays.stream(type.getEnumConstants())
            .map(Section::kebab)
            .collect(Collectors.joining(", "));
    throw new InvalidSettingException(path(key), value, "be one of " + choices);
  }

  /** How {@code constant} is written in a config file. */
  public static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Refuses a value that cannot work.
   *
   * @param rule completes "must …" and names the consequence
   */
  public void require(boolean holds, String key, Object value, String rule) {
    if (!holds) {
      throw new InvalidSettingException(path(key), value, rule);
    }
  }

  private <T> T read(String key, Function<String, T> getter) {
    try {
      return getter.apply(key);
    } catch (ConfigException.Missing e) {
      throw InvalidSettingException.of(path(key), path(key) + " is not set");
    } catch (ConfigException e) {
      throw InvalidSettingException.of(path(key), path(key) + ": " + e.getMessage());
    }
  }
}
