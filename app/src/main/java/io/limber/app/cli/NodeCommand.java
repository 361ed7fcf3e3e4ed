package io.limber.app.cli;

import io.limber.app.cluster.NodeRun;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.console.Terminal;
import io.limber.app.run.RunConsole;
import io.limber.app.run.TensorFlowAgents;
import io.limber.core.config.Section;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Hosts parts of runs that train elsewhere. */
@Command(
    name = "node",
    header = "Host parts of runs, or whole agents, that others have started.",
    description = {
      "environment: acts for runs of limber train --cluster. replay: keeps their transitions where"
          + " cluster.replay is remote. probe: measures for them, so that training and its process"
          + " are left alone. learner: trains agents of limber sweep"
          + " --cluster and limber train --on-node, each on a device of its own"
          + " (limber.cluster.devices).",
      "",
      "Takes the configuration of each run from the run; of its own only --data and --device"
          + " count there. Refuses a run of another version or data set, saying why."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  limber train --cluster --bind 127.0.0.1:25520",
      "  limber node --role environment --join 127.0.0.1:25520",
      "  limber node --role probe --join 127.0.0.1:25520 --set cluster.probes-at-once=2",
      "  limber node --role replay --join 127.0.0.1:25520",
      "  limber node --role learner --join 127.0.0.1:25520 --parallel 2",
      "  limber node --role environment --join 10.0.0.5:25520 --bind 10.0.0.6:25520 --config"
          + " conf/roles/tls.conf"
    })
final class NodeCommand implements Callable<Integer> {

  /** What a node can host. */
  enum Role {
    ENVIRONMENT,
    REPLAY,
    PROBE,
    LEARNER,
    /** The older name of {@link #LEARNER}. */
    AGENT;

    private String hosted() {
      return Section.kebab(this == AGENT ? LEARNER : this);
    }
  }

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;
  @Mixin private ClusterOptions cluster;

  @Option(
      names = "--role",
      paramLabel = "environment|replay|probe|learner",
      required = true,
      description = "What it hosts; repeat it for more. agent is an older name of learner.")
  private Set<Role> roles = new LinkedHashSet<>();

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description =
          "Agents at a time; without it one for each device, or on a CPU as many as cores and"
              + " memory allow.")
  private Integer parallel;

  @Override
  public Integer call() {
    cluster.addTo(options);
    EffectiveConfig config = options.resolve();
    PrintWriter out = spec.commandLine().getOut();
    Terminal terminal = Terminal.detect();
    RunConsole console = new RunConsole(out, terminal.out(), terminal.columns());
    List<String> hosted = roles.stream().map(Role::hosted).distinct().toList();
    NodeRun node =
        new NodeRun(config, hosted, new TensorFlowAgents(), Parallel.of(parallel), console);
    return StopSignal.exitCode(node.run(StopSignal.completing(spec.commandLine().getErr()))).code();
  }
}
