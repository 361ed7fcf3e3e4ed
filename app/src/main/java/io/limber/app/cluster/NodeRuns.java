package io.limber.app.cluster;

import io.limber.actors.environment.EnvironmentMeans;
import io.limber.actors.remote.ClusterSettings;
import io.limber.actors.remote.HostedProbes;
import io.limber.actors.remote.HostedRun;
import io.limber.actors.remote.HostedSettings;
import io.limber.actors.remote.RunOpener;
import io.limber.actors.remote.UnhostableRunException;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.InvalidConfigException;
import io.limber.app.config.Settings;
import io.limber.app.run.AgentSource;
import io.limber.app.run.Task;
import io.limber.app.run.TemporaryFolder;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.data.DataFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the runs of other processes on this node: data, environments and agents of its own. */
final class NodeRuns implements RunOpener {

  private static final Logger log = LoggerFactory.getLogger(NodeRuns.class);

  private final EffectiveConfig own;
  private final AgentSource agents;
  private final Consumer<String> told;

  /**
   * @param own configuration of the node
   * @param told takes a line for people about each run
   */
  NodeRuns(EffectiveConfig own, AgentSource agents, Consumer<String> told) {
    this.own = own;
    this.agents = agents;
    this.told = told;
  }

  @Override
  public HostedRun open(String run, String config, String fingerprint) {
    try {
      EffectiveConfig effective = own.ofRun(config);
      Settings settings = Settings.check(effective.limber());
      Task task = Task.of(settings);
      Optional<String> refusal = Fingerprint.of(task.images()).refusal(fingerprint);
      if (refusal.isPresent()) {
        throw new UnhostableRunException(refusal.get());
      }
      return open(run, settings, ClusterSettings.from(effective.limber()), task);
    } catch (InvalidConfigException | InvalidSettingException | DataFileException e) {
      throw new UnhostableRunException(e.getMessage());
    }
  }

  private HostedRun open(String run, Settings settings, ClusterSettings cluster, Task task) {
    TemporaryFolder programs = temporary();
    AgentSource.Agent agent =
        agents.open(settings, task.random(), task.observations(), task.actions(), programs.path());
    told.accept("hosts run " + run + ": " + task.images().source());
    return new HostedRun(
        new HostedSettings(
            settings.run().environmentPlan(), settings.run().environments(), task.spec(), cluster),
        (environment, saved, resources) ->
            new EnvironmentMeans(
                environment,
                agent.factory()::createPolicy,
                task.environments(),
                settings.exploration(),
                settings.run().environments().perActor(),
                task.random(),
                task.spec(),
                resources,
                saved),
        new HostedProbes(agent.factory()::createProbe, settings.run().probe().schedule().names()),
        () -> close(run, agent, programs));
  }

  private static TemporaryFolder temporary() {
    try {
      return TemporaryFolder.create("node");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder for the run's programs", e);
    }
  }

  private void close(String run, AgentSource.Agent agent, TemporaryFolder programs) {
    agent.factory().close();
    told.accept("run " + run + " is over");
    try {
      programs.close();
    } catch (IOException e) {
      log.warn("{} could not be deleted: {}", programs.path(), e.toString());
    }
  }
}
