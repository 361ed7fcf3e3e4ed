package io.limber.app.cli;

import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that make up the configuration, for every command that reads it. */
final class ConfigOptions {

  @Mixin private ConfigFiles files;

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
    List<Assignment> flags = new ArrayList<>();
    add(flags, "--seed", "limber.seed", seed);
    add(flags, "--device", "limber.device", device);
    add(flags, "--updates", "limber.run.updates", updates);
    // Absolute, so that the saved config means the same folder from everywhere.
    String directory = data == null ? null : data.toAbsolutePath().normalize().toString();
    add(flags, "--data", "limber.data.directory", directory);
    flags.addAll(more);
    return files.sources(base, flags);
  }

  private static void add(List<Assignment> into, String flag, String path, String value) {
    if (value != null) {
      into.add(new Assignment(flag, path, value));
    }
  }
}
