package io.limber.app.cli;

import io.limber.app.cluster.ClusterHost;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.run.RunConsole;
import io.limber.app.run.RunHost;
import io.limber.core.config.Section;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where a run's environments act. */
final class RunHostOptions {

  @Mixin private ClusterOptions cluster;

  @Option(
      names = "--cluster",
      description =
          "Let the environments act on nodes (limber node --role environment), and probes measure"
              + " on nodes where there are any (--role probe); all else here, but for replay if"
              + " cluster.replay is remote (--role replay).")
  private boolean inCluster;

  @Option(
      names = "--wait-for",
      paramLabel = "ROLE=N",
      description =
          "Nodes that must have joined before the first environment acts, for instance"
              + " environment=2 (limber.cluster.wait-for).")
  private Map<NodeCommand.Role, Integer> waitFor = new EnumMap<>(NodeCommand.Role.class);

  /** Adds what was given to the configuration's other options. */
  void addTo(ConfigOptions options) {
    cluster.addTo(options);
    waitFor.forEach(
        (role, nodes) ->
            options.set(
                "--wait-for", "limber.cluster.wait-for." + Section.kebab(role), "" + nodes));
  }

  boolean inCluster() {
    return inCluster;
  }

  /** Where the run's actors live. */
  RunHost host(EffectiveConfig config, RunConsole console) {
    return inCluster ? new ClusterHost(config, console) : RunHost.alone();
  }
}
