package io.limber.app.cli;

import com.typesafe.config.ConfigFactory;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.InvalidConfigException;
import io.limber.app.config.ResumeRules;
import io.limber.app.run.RunConsole;
import io.limber.app.run.RunFolder;
import io.limber.app.run.TensorFlowAgents;
import io.limber.app.run.TrainingRun;
import io.limber.app.run.TrainingSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets a run go on. */
@Command(
    name = "resume",
    header = "Go on with a run that was killed, stopped or is to be extended.",
    description = {
      "The configuration is that of the run; --set and --config may change how long it goes on, how"
          + " often and where it reports, not what it learns and how. Where its environments act is"
          + " free: a run of one process may go on with nodes, and one with nodes without."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  limber resume runs/OLD                          from its newest checkpoint",
      "  limber resume runs/OLD --updates 200000         a finished run, further",
      "  limber inspect runs/OLD                         which checkpoints there are",
      "  limber resume runs/OLD --step 30000             from one of them",
      "  limber resume runs/OLD --cluster --bind 127.0.0.1:25520   environments act in limber node"
    })
final class ResumeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOutput output;
  @Mixin private ConfigOptions options;
  @Mixin private RunHostOptions hosting;
  @Mixin private DashboardOptions dashboard;

  @Parameters(paramLabel = "RUN", description = "Folder of the run.")
  private Path run;

  @Option(
      names = "--step",
      paramLabel = "N",
      description = "From the checkpoint at this learner step; later ones are out of use then.")
  private Long step;

  @Override
  public Integer call() throws IOException {
    hosting.addTo(options);
    dashboard.addTo(options);
    OptionalLong wanted = step == null ? OptionalLong.empty() : OptionalLong.of(step);
    return resume(spec, options, hosting, output, run, wanted);
  }

  /**
   * Goes on with a run.
   *
   * @param step of the checkpoint; empty for the newest that can be used
   */
  static int resume(
      CommandSpec spec,
      ConfigOptions options,
      RunHostOptions hosting,
      JsonOutput output,
      Path run,
      OptionalLong step)
      throws IOException {
    RunFolder folder = RunFolder.existing(run);
    EffectiveConfig config = options.resolveOver(Optional.of(folder.config()));
    List<String> differences =
        ResumeRules.differences(ConfigFactory.parseFile(folder.config().toFile()), config.whole());
    if (!differences.isEmpty()) {
      throw new InvalidConfigException(differences);
    }
    RunConsole console = output.console();
    TrainingRun training =
        new TrainingRun(
            config, new TensorFlowAgents(), console, hosting.host(config, console), true);
    TrainingSummary summary =
        training.resume(folder.path(), step, StopSignal.completing(spec.commandLine().getErr()));
    output.print(summary.toMap());
    return StopSignal.exitCode(summary.outcome()).code();
  }
}
