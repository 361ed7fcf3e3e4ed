package io.limber.benchmarks.numerics;

import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import io.limber.numerics.agent.NumericsSettings;
import java.util.List;
import java.util.Optional;

/** The shipped defaults with a few settings changed. */
final class Configured {

  private Configured() {}

  /**
   * @param assignments as for {@code --set}
   */
  static NumericsSettings numerics(List<String> assignments) {
    List<Assignment> parsed = assignments.stream().map(a -> Assignment.parse("--set", a)).toList();
    ConfigSources sources = new ConfigSources(Optional.empty(), List.of(), parsed);
    return NumericsSettings.from(EffectiveConfig.resolve(sources).limber());
  }
}
