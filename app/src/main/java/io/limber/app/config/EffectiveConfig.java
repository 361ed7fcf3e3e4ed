package io.limber.app.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import io.limber.core.config.Section;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run obeys: the modules' {@code reference.conf}, below {@code conf/application.conf} of the
 * repository, below the files of {@code --config} in order, below {@code --set} and the other
 * flags. System properties play no part, so that the saved config says it all. Immutable.
 */
public final class EffectiveConfig {

  private static final ConfigRenderOptions PLAIN =
      ConfigRenderOptions.defaults().setOriginComments(false).setComments(false).setJson(false);

  private final Config whole;
  private final Config akkaOverrides;

  private EffectiveConfig(Config whole, Config akkaOverrides) {
    this.whole = whole;
    this.akkaOverrides = akkaOverrides;
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
      Config whole = user.withFallback(reference).resolve();
      List<String> problems = known.problems(whole);
      if (!problems.isEmpty()) {
        throw new InvalidConfigException(problems);
      }
      Config akka = user.resolveWith(whole, ConfigResolveOptions.noSystem()).withOnlyPath("akka");
      return new EffectiveConfig(whole, akka);
    } catch (ConfigException e) {
      throw new InvalidConfigException(List.of(e.getMessage()));
    }
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
    return ConfigFactory.parseFile(file, mustExist());
  }

  private static ConfigParseOptions mustExist() {
    return ConfigParseOptions.defaults().setAllowMissing(false);
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
   * --config}, it gives an equal configuration.
   */
  public String render() {
    return saved().root().render(PLAIN);
  }

  /** The same as {@link #render} in JSON, on one line. */
  public String renderJson() {
    return saved().root().render(ConfigRenderOptions.concise());
  }

  private Config saved() {
    return whole.withOnlyPath("limber").withFallback(akkaOverrides);
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
