package io.limber.app.batch.remote;

import io.limber.app.config.EffectiveConfig;

/** Makes the configuration of a cell that came as text what it is on this machine. */
@FunctionalInterface
public interface CellOpener {

  /**
   * @param config HOCON, as the sweep has it
   * @throws io.limber.app.config.InvalidConfigException if it cannot work here
   */
  EffectiveConfig open(String config);
}
