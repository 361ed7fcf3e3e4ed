package io.limber.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.config.Section;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations that nobody in his right mind would write: fault 20. */
class HostileConfigTest {

  private static final Config DEFAULTS = EffectiveConfig.resolve(ConfigSources.defaults()).whole();

  @TempDir private Path folder;

  /** Keys that Akka reads, as it reads those of every dispatcher. */
  private static final String DISPATCHER = "limber.native-dispatcher.";

  /**
   * Pass: whatever stands at whichever key, it is taken, or refused with the key's path; nothing
   * else is thrown, and nothing is allocated for it.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "0",
        "1",
        "-1.0e300",
        "1.0e300",
        "0.5",
        "2147483647",
        "2147483648",
        "9223372036854775807",
        "-9223372036854775808",
        "99999999999999999999999",
        "\"\"",
        "\"10 parsecs\"",
        "\"9223372036854775807 days\"",
        "\"-5s\"",
        "\"1e30 s\"",
        "\"NaN\"",
        "\"Infinity\"",
        "\"8388608 TiB\"",
        "\"\\u0000\"",
        "true",
        "null",
        "[]",
        "[-1]",
        "[1.0e300, 1]",
        "[\"\"]",
        "{}",
        "{ x = -1 }"
      })
  void value_ofAnyKey_isTakenOrRefusedByItsPath(String text) {
    ConfigValue value = ConfigFactory.parseString("value = " + text).root().get("value");
    List<String> wrong = new ArrayList<>();
    for (String path : keys()) {
      try {
        Settings.check(Section.of(DEFAULTS.withValue(path, value), "limber"));
      } catch (InvalidConfigException | InvalidSettingException refused) {
        // or by a key that has to fit it: then that line names both
        if (!refused.getMessage().contains(lastOf(path))) {
          wrong.add(path + " is refused by another name: " + refused.getMessage());
        }
      } catch (RuntimeException | Error e) {
        wrong.add(path + " is not refused but thrown at: " + e);
      }
    }
    assertThat(wrong).as("keys that %s is too much for", text).isEmpty();
  }

  private static List<String> keys() {
    Map<String, ConfigValue> keys = new TreeMap<>();
    DEFAULTS
        .withOnlyPath("limber")
        .entrySet()
        .forEach(entry -> keys.put(entry.getKey(), entry.getValue()));
    assertThat(keys).hasSizeGreaterThan(150);
    return keys.keySet().stream().filter(key -> !key.startsWith(DISPATCHER)).toList();
  }

  private static String lastOf(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  @Test
  void unknownKeys_ofAnyKind_areRefusedWithTheNearestOfThoseThereAre() {
    for (String path : keys()) {
      String misspelt = path.replaceFirst("(.)(\"?)$", "$1x$2");
      Config config = ConfigFactory.empty().withValue(misspelt, ConfigValueFactory.fromAnyRef(1));
      Path file = write(folder.resolve("misspelt.conf"), config.root().render());
      if (path.startsWith("limber.alerts.rules.") || path.startsWith("limber.fetch.")) {
        continue; // their names are free, or data of their own
      }

      assertThatThrownBy(() -> resolve(file))
          .isInstanceOf(InvalidConfigException.class)
          .hasMessageContaining(misspelt)
          .hasMessageContaining("nearest: ");
    }
  }

  @Test
  void include_ofAFileThatIncludesIt_isRefused() {
    Path first = folder.resolve("first.conf");
    Path second = folder.resolve("second.conf");
    write(first, "include \"second.conf\"\nlimber.seed = 1");
    write(second, "include \"first.conf\"");

    assertThatThrownBy(() -> resolve(first))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("first.conf")
        .hasMessageContaining("include");
  }

  @Test
  void substitution_ofWhatIsNotThere_isRefusedByItsName() {
    Path file = write(folder.resolve("missing.conf"), "limber.seed = ${LIMBER_NO_SUCH_VARIABLE}");

    assertThatThrownBy(() -> resolve(file))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("LIMBER_NO_SUCH_VARIABLE");
  }

  @Test
  void file_nestedBeyondMeasure_isRefusedByItsName() {
    Path braces = write(folder.resolve("braces.conf"), "limber { x ".repeat(100_000));
    Path lists = write(folder.resolve("lists.conf"), "limber.seed = " + "[".repeat(100_000));
    Path dots = write(folder.resolve("dots.conf"), "limber" + ".x".repeat(100_000) + " = 1");

    for (Path file : List.of(braces, lists, dots)) {
      assertThatThrownBy(() -> resolve(file))
          .as(file.toString())
          .isInstanceOf(InvalidConfigException.class)
          .hasMessageContaining(file.getFileName().toString());
    }
  }

  @Test
  void file_thatIsNoText_isRefusedByItsName() throws IOException {
    Path file = folder.resolve("bytes.conf");
    byte[] bytes = new byte[1000];
    new Random(1).nextBytes(bytes);
    Files.write(file, bytes);

    assertThatThrownBy(() -> resolve(file))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("bytes.conf");
  }

  private static EffectiveConfig resolve(Path file) {
    return EffectiveConfig.resolve(new ConfigSources(Optional.empty(), List.of(file), List.of()));
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
