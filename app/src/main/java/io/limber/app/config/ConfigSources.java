package io.limber.app.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a configuration comes from, beside the modules' defaults.
 *
 * @param home the repository, whose {@code conf/application.conf} is read; empty outside of one
 * @param files further files, later ones win
 * @param assignments single keys, later ones win; they win over all files
 */
public record ConfigSources(Optional<Path> home, List<Path> files, List<Assignment> assignments) {

  public ConfigSources {
    files = List.copyOf(files);
    assignments = List.copyOf(assignments);
  }

  /** The defaults alone. */
  public static ConfigSources defaults() {
    return new ConfigSources(Optional.empty(), List.of(), List.of());
  }
}
