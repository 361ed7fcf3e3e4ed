package io.limber.app.cli;

import io.limber.app.cluster.ClusterHost;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.run.RunConsole;
import io.limber.app.run.RunFolder;
import io.limber.app.run.RunHost;
import io.limber.app.run.TensorFlowAgents;
import io.limber.app.run.TrainingRun;
import io.limber.app.run.TrainingSummary;
import io.limber.core.config.Section;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains an agent. */
@Command(
    name = "train",
    header = "Train an agent, measure it, and write a run folder.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  limber train",
      "  limber train --set environment.kind=random-label --seed 2 --updates 50000",
      "  limber train --set run.mode=lockstep            same seed, same numbers, bit for bit",
      "  limber train --config runs/OLD/config.conf      an earlier run once more",
      "  limber train --cluster --bind 127.0.0.1:25520   environments act in limber node"
    })
final class TrainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOutput output;
  @Mixin private ConfigOptions options;
  @Mixin private ClusterOptions cluster;
  @Mixin private DashboardOptions dashboard;

  @Option(
      names = "--run-dir",
      paramLabel = "DIR",
      description =
          "Folder of this run, new or empty; without it a new one below runs-directory. One that"
              + " holds an unfinished run asks whether to go on with it.")
  private Path runDirectory;

  @Option(
      names = "--cluster",
      description =
          "Let the environments act on nodes (limber node --role environment), all else here.")
  private boolean inCluster;

  @Option(
      names = "--wait-for",
      paramLabel = "ROLE=N",
      description =
          "Nodes that must have joined before the first environment acts, for instance"
              + " environment=2 (limber.cluster.wait-for).")
  private Map<NodeCommand.Role, Integer> waitFor = new EnumMap<>(NodeCommand.Role.class);

  @Override
  public Integer call() throws IOException {
    cluster.addTo(options);
    dashboard.addTo(options);
    waitFor.forEach(
        (role, nodes) ->
            options.set(
                "--wait-for", "limber.cluster.wait-for." + Section.kebab(role), "" + nodes));
    if (runDirectory != null && RunFolder.holdsUnfinished(runDirectory)) {
      return resumeIfWanted();
    }
    EffectiveConfig config = options.resolve();
    RunConsole console = output.console();
    RunHost host = inCluster ? new ClusterHost(config, console) : RunHost.alone();
    TrainingRun run = new TrainingRun(config, new TensorFlowAgents(), console, host, true);
    TrainingSummary summary =
        run.run(
            Optional.ofNullable(runDirectory), StopSignal.completing(spec.commandLine().getErr()));
    output.print(summary.toMap());
    return StopSignal.exitCode(summary.outcome()).code();
  }

  /** A person is asked; a script gets the command that it should have used. */
  private int resumeIfWanted() throws IOException {
    Console terminal = System.console();
    String question =
        "%s holds a run that is not finished. Go on with it from its newest checkpoint? [y/N] ";
    if (terminal == null
        || !"y"
            .equalsIgnoreCase(String.valueOf(terminal.readLine(question, runDirectory)).strip())) {
      throw new ParameterException(
          spec.commandLine(),
          runDirectory
              + " holds a run that is not finished; go on with it: limber resume "
              + runDirectory);
    }
    return ResumeCommand.resume(spec, options, output, runDirectory, OptionalLong.empty());
  }
}
