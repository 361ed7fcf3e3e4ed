package io.limber.app.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys that exist: those that the modules' {@code reference.conf} files document, whatever the
 * value there. A key beside them would be obeyed by nobody, so it is refused.
 */
final class KnownKeys {

  private static final String ROOT = "limber";

  /** An Akka dispatcher: takes what every dispatcher takes, not just what our defaults set. */
  private static final List<String> DISPATCHER = List.of(ROOT, "native-dispatcher");

  /** Its sections have free names, and the keys of those that are there by default. */
  private static final List<String> FREE_NAMES = List.of(ROOT, "alerts", "rules");

  private static final String DISPATCHER_KEYS = "akka.actor.default-dispatcher";

  private final ConfigObject reference;
  private final Map<String, String> paths = new LinkedHashMap<>();

  /**
   * @param reference all modules' defaults, resolved
   */
  KnownKeys(Config reference) {
    Config known = reference;
    if (reference.hasPath(DISPATCHER_KEYS)) {
      String dispatcher = ConfigUtil.joinPath(DISPATCHER);
      known =
          reference.withValue(
              dispatcher,
              reference
                  .getConfig(dispatcher)
                  .withFallback(reference.getConfig(DISPATCHER_KEYS))
                  .root());
    }
    this.reference = known.root();
    collect((ConfigObject) this.reference.get(ROOT), List.of(ROOT));
  }

  private void collect(ConfigObject section, List<String> path) {
    section.forEach(
        (key, value) -> {
          List<String> here = append(path, key);
          paths.put(ConfigUtil.joinPath(here), key);
          if (value instanceof ConfigObject nested) {
            collect(nested, here);
          }
        });
  }

  /** Whether a path that starts with {@code key} is complete, that is, needs no {@code limber.}. */
  boolean isRoot(String key) {
    return reference.containsKey(key);
  }

  /**
   * One line for each key that nobody would obey: unknown below {@code limber}, or beside the roots
   * that Limber, Akka and their libraries read.
   *
   * @param layer one file or flag
   */
  List<String> problems(Config layer) {
    List<String> problems = new ArrayList<>();
    layer
        .root()
        .forEach(
            (key, value) -> {
              if (!isRoot(key)) {
                problems.add(unknown(List.of(key), value));
              } else if (key.equals(ROOT)) {
                compare(value, reference.get(ROOT), List.of(ROOT), problems);
              }
            });
    return problems;
  }

  private void compare(
      ConfigValue actual, ConfigValue known, List<String> path, List<String> problems) {
    boolean section = known.valueType() == ConfigValueType.OBJECT;
    if (section != (actual.valueType() == ConfigValueType.OBJECT)) {
      problems.add(
          "%s = %s must be a %s (%s)"
              .formatted(
                  ConfigUtil.joinPath(path),
                  shown(actual),
                  section ? "section of keys, not one value" : "value, not a section of keys",
                  where(actual)));
    } else if (section) {
      ConfigObject inside = (ConfigObject) known;
      ((ConfigObject) actual)
          .forEach(
              (key, value) -> {
                List<String> here = append(path, key);
                if (inside.containsKey(key)) {
                  compare(value, inside.get(key), here, problems);
                } else if (path.equals(FREE_NAMES)) {
                  compare(value, inside.values().iterator().next(), here, problems);
                } else {
                  problems.add(unknown(here, value));
                }
              });
    }
  }

  private String unknown(List<String> path, ConfigValue value) {
    String line =
        "%s = %s must be a key that exists (%s)"
            .formatted(ConfigUtil.joinPath(path), shown(value), where(value));
    return line + nearest(path).map(key -> "; nearest: " + key).orElse("");
  }

  /**
   * The nearest key: a sibling if one is near, else one of the same name elsewhere, else any path.
   */
  private Optional<String> nearest(List<String> path) {
    String wrong = ConfigUtil.joinPath(path);
    String parent = ConfigUtil.joinPath(path.subList(0, Math.max(1, path.size() - 1)));
    String last = path.get(path.size() - 1);
    Set<String> siblings = new LinkedHashSet<>();
    Set<String> namesakes = new LinkedHashSet<>();
    paths.forEach(
        (known, key) -> {
          if (known.equals(parent + "." + ConfigUtil.joinPath(key))) {
            siblings.add(key);
          }
          if (key.equals(last)) {
            namesakes.add(known);
          }
        });
    if (path.size() == 1 && !namesakes.isEmpty()) {
      // "replay" at the top of a file: limber.replay, not limber.cluster.replay
      return namesakes.stream().min(Comparator.comparingInt(String::length));
    }
    Optional<String> sibling =
        EditDistance.nearest(last, siblings).map(key -> parent + "." + ConfigUtil.joinPath(key));
    if (sibling.isPresent()) {
      return sibling;
    }
    if (path.size() == 1) {
      return EditDistance.nearest(last, reference.keySet());
    }
    return EditDistance.nearest(wrong, namesakes.isEmpty() ? paths.keySet() : namesakes);
  }

  private static String shown(ConfigValue value) {
    return value instanceof ConfigObject ? "{…}" : String.valueOf(value.unwrapped());
  }

  private static String where(ConfigValue value) {
    String origin = value.origin().description();
    return origin.startsWith("--") ? origin.replaceAll(": \\d+$", "") : origin; // no line in a flag
  }

  private static List<String> append(List<String> path, String key) {
    List<String> longer = new ArrayList<>(path);
    longer.add(key);
    return longer;
  }
}
