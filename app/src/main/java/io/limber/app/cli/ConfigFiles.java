package io.limber.app.cli;

import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Files and single keys, for every command that reads the configuration. */
final class ConfigFiles {

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

  /**
   * The layers over the defaults.
   *
   * @param base the configuration of an earlier run, which all files and flags win over
   * @param flags what other options set; they win over all
   */
  ConfigSources sources(Optional<Path> base, List<Assignment> flags) {
    List<Assignment> assignments = new ArrayList<>();
    sets.forEach(text -> assignments.add(Assignment.parse("--set", text)));
    assignments.addAll(flags);
    List<Path> all = new ArrayList<>();
    base.ifPresent(all::add);
    all.addAll(files);
    return new ConfigSources(home(), all, assignments);
  }

  static Optional<Path> home() {
    return Optional.ofNullable(System.getProperty("limber.home")).map(Path::of);
  }
}
