package io.limber.app.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.limber.core.config.Section;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a run obeys: the modules' {@code reference.conf}, below {@code conf/application.conf} of the
 * repository, below the files of {@code --config} in order, below {@code --set} and the other
 * flags. System properties play no part, so that the saved config says it all. Immutable.
 */
public final class EffectiveConfig {

  private static final ConfigRenderOptions PLAIN =
      ConfigRenderOptions.defaults().setOriginComments(false).setComments(false).setJson(false);

  private static final String DEVICE = "limber.device";

  /** Where on a machine things are, not what a run does: a node decides these for itself. */
  private static final List<String> OF_THE_MACHINE = List.of("limber.data.directory", DEVICE);

  /** Holds passwords, which are written nowhere. */
  private static final String SECRETS = "akka.remote.artery.ssl";

  private static final String NESTED = " must not be nested that deeply";

  /** Names of keys whose values, where the environment gave them, belong to nobody else. */
  private static final Pattern CONFIDENTIAL = Pattern.compile("(?i)password|secret|token|webhook");

  private final Config whole;
  private final Config overrides;

  private EffectiveConfig(Config whole, Config overrides) {
    this.whole = whole;
    this.overrides = overrides;
  }

  /**
   * Reads and merges all layers and refuses keys that do not exist. The values are checked by
   * {@link Settings#check}.
   *
   * @throws InvalidConfigException if a file cannot be read or a key does not exist
   */
  public static EffectiveConfig resolve(ConfigSources sources) {
    try {
      Config reference = reference();
      KnownKeys known = new KnownKeys(reference.resolve());
      Config user = overrides(sources, known);
      Config whole = checked(user.withFallback(reference).resolve(), known);
      return new EffectiveConfig(whole, user.resolveWith(whole, ConfigResolveOptions.defaults()));
    } catch (ConfigException e) {
      throw new InvalidConfigException(List.of(e.getMessage()));
    } catch (StackOverflowError e) { // HOCON is read by recursion; nothing of it is left behind
      throw new InvalidConfigException(List.of("the configuration" + NESTED));
    }
  }

  private static Config checked(Config whole, KnownKeys known) {
    List<String> problems = known.problems(whole);
    if (!problems.isEmpty()) {
      throw new InvalidConfigException(problems);
    }
    return whole;
  }

  /**
   * A run of another process as it would be here: its configuration, with what was set here of the
   * machine's own keys, such as the folder of the data.
   *
   * @param run what {@link #renderLimber} gave there
   * @throws InvalidConfigException if it is no configuration, or has a key that does not exist here
   */
  public EffectiveConfig ofRun(String run) {
    try {
      Config reference = reference();
      Config received = ConfigFactory.parseString(run).withOnlyPath("limber");
      for (String path : OF_THE_MACHINE) {
        if (overrides.hasPath(path)) {
          received = received.withValue(path, overrides.getValue(path));
        }
      }
      KnownKeys known = new KnownKeys(reference.resolve());
      Config there = checked(received.withFallback(reference).resolve(), known);
      return new EffectiveConfig(there, received);
    } catch (ConfigException e) {
      throw new InvalidConfigException(List.of(e.getMessage()));
    }
  }

  /**
   * Everything, with other defaults for some of Akka's keys.
   *
   * @param decided wins over what the user set
   * @param defaults the user's keys win over
   */
  public Config whole(Config decided, Config defaults) {
    return decided
        .withFallback(overrides.withOnlyPath("akka"))
        .withFallback(defaults)
        .withFallback(whole)
        .resolve();
  }

  private static Config reference() {
    // The text form merges every module's reference.conf and, unlike load(), no system property.
    return ConfigFactory.parseResources(
        EffectiveConfig.class.getClassLoader(), "reference.conf", mustExist());
  }

  private static Config overrides(ConfigSources sources, KnownKeys known) {
    Config layers = ConfigFactory.empty();
    if (sources.home().isPresent()) {
      Path shared = sources.home().get().resolve("conf").resolve("application.conf");
      if (Files.exists(shared)) {
        layers = parse(shared);
      }
    }
    for (Path file : sources.files()) {
      layers = parse(file).withFallback(layers);
    }
    for (Assignment assignment : sources.assignments()) {
      layers = assignment.toConfig(known::isRoot).withFallback(layers);
    }
    return layers;
  }

  private static Config parse(Path path) {
    File file = path.toFile();
    if (!file.isFile()) {
      throw new InvalidConfigException(
          List.of("config file " + path + " must be there to be read"));
    }
    try {
      return ConfigFactory.parseFile(file, mustExist());
    } catch (StackOverflowError e) {
      throw new InvalidConfigException(List.of("config file " + path + NESTED));
    }
  }

  private static ConfigParseOptions mustExist() {
    return ConfigParseOptions.defaults().setAllowMissing(false);
  }

  /**
   * The same on another device.
   *
   * @param device cpu or gpu:N
   */
  public EffectiveConfig onDevice(String device) {
    ConfigValue value = ConfigValueFactory.fromAnyRef(device, "placed by this process");
    return new EffectiveConfig(whole.withValue(DEVICE, value), overrides.withValue(DEVICE, value));
  }

  /** Everything, Akka's keys included; resolved. */
  public Config whole() {
    return whole;
  }

  /** The section that all settings records read. */
  public Section limber() {
    return Section.of(whole, "limber");
  }

  /**
   * Limber's keys and the Akka keys that were set, as HOCON without comments. Read back with {@code
   * --config}, it gives an equal configuration; the keys of TLS, with its passwords, are left out,
   * and so are secrets that came from environment variables.
   */
  public String render() {
    return saved().root().render(PLAIN);
  }

  /** Limber's keys alone, as HOCON without comments. */
  public String renderLimber() {
    return whole.withOnlyPath("limber").root().render(PLAIN);
  }

  /** The same as {@link #render} in JSON, on one line. */
  public String renderJson() {
    return saved().root().render(ConfigRenderOptions.concise());
  }

  private Config saved() {
    Config saved = whole.withOnlyPath("limber");
    for (Map.Entry<String, ConfigValue> entry : saved.entrySet()) {
      if (CONFIDENTIAL.matcher(entry.getKey()).find() && ofTheEnvironment(entry.getValue())) {
        saved = saved.withoutPath(entry.getKey());
      }
    }
    return saved.withFallback(overrides.withOnlyPath("akka").withoutPath(SECRETS));
  }

  /** By what the library says of where a value stood; a text put together keeps all its origins. */
  private static boolean ofTheEnvironment(ConfigValue value) {
    return value.origin().description().contains("env var");
  }

  /** The defaults of every module with the comments that document them. */
  public static String renderDefaults() {
    return reference()
        .resolve()
        .withOnlyPath("limber")
        .root()
        .render(ConfigRenderOptions.defaults().setOriginComments(false).setJson(false));
  }
}
