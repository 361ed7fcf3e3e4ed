package io.limber.app.cluster;

import io.limber.actors.remote.ClusterSettings;
import io.limber.actors.remote.HostedReplay;
import io.limber.actors.remote.ReplayOpener;
import io.limber.actors.remote.UnhostableRunException;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.InvalidConfigException;
import io.limber.app.config.Settings;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.random.RandomStreams;
import java.util.function.Consumer;

/** Reads what the replay tables of other processes' runs need; no data, no network. */
final class NodeReplays implements ReplayOpener {

  private final EffectiveConfig own;
  private final Consumer<String> told;

  /**
   * @param own configuration of the node
   * @param told takes a line for people about each table
   */
  NodeReplays(EffectiveConfig own, Consumer<String> told) {
    this.own = own;
    this.told = told;
  }

  @Override
  public HostedReplay open(String run, String config, String fingerprint) {
    Fingerprint.refusalOfProgram(fingerprint)
        .ifPresent(
            reason -> {
              throw new UnhostableRunException(reason);
            });
    try {
      EffectiveConfig effective = own.ofRun(config);
      Settings settings = Settings.check(effective.limber());
      told.accept("keeps the replay of run " + run);
      return new HostedReplay(
          settings.replay(),
          new RandomStreams(settings.seed()).stream("replay"),
          settings.run().replay(),
          ClusterSettings.from(effective.limber()));
    } catch (InvalidConfigException | InvalidSettingException e) {
      throw new UnhostableRunException(e.getMessage());
    }
  }
}
