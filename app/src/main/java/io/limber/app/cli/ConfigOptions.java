package io.limber.app.cli;

import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that make up the configuration, for every command that reads it. */
final class ConfigOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "HOCON file that overrides defaults; repeat it, later files win.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set one key, for instance replay.capacity=50000; wins over files.")
  private List<String> sets = new ArrayList<>();

  @Option(names = "--seed", paramLabel = "N", description = "Root seed of the run (limber.seed).")
  private String seed;

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu:N",
      description = "Where TensorFlow computes (limber.device).")
  private String device;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder with official files, not the embedded images (limber.data.directory).")
  private Path data;

  @Option(
      names = "--updates",
      paramLabel = "N",
      description = "Learner updates after which training ends (limber.run.updates).")
  private String updates;

  private final List<Assignment> more = new ArrayList<>();

  /** Adds what an option of the command itself sets; null for an option that was not given. */
  void set(String flag, String path, String value) {
    add(more, flag, path, value);
  }

  /**
   * Reads and merges everything.
   *
   * @throws io.limber.app.config.InvalidConfigException naming every key that does not exist
   */
  EffectiveConfig resolve() {
    return EffectiveConfig.resolve(sources(Optional.empty()));
  }

  /**
   * As {@link #resolve()}, with one more file.
   *
   * @param base the configuration of an earlier run, which all files and flags win over
   */
  EffectiveConfig resolveOver(Optional<Path> base) {
    return EffectiveConfig.resolve(sources(base));
  }

  /** The layers themselves, for whoever puts some of his own between them. */
  ConfigSources sources() {
    return sources(Optional.empty());
  }

  private ConfigSources sources(Optional<Path> base) {
    List<Assignment> assignments = new ArrayList<>();
    sets.forEach(text -> assignments.add(Assignment.parse("--set", text)));
    add(assignments, "--seed", "limber.seed", seed);
    add(assignments, "--device", "limber.device", device);
    add(assignments, "--updates", "limber.run.updates", updates);
    // Absolute, so that the saved config means the same folder from everywhere.
    String directory = data == null ? null : data.toAbsolutePath().normalize().toString();
    add(assignments, "--data", "limber.data.directory", directory);
    assignments.addAll(more);
    List<Path> all = new ArrayList<>();
    base.ifPresent(all::add);
    all.addAll(files);
    return new ConfigSources(home(), all, assignments);
  }

  private static void add(List<Assignment> into, String flag, String path, String value) {
    if (value != null) {
      into.add(new Assignment(flag, path, value));
    }
  }

  static Optional<Path> home() {
    return Optional.ofNullable(System.getProperty("limber.home")).map(Path::of);
  }
}
