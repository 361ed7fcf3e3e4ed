package io.limber.app.cli;

import io.limber.app.study.Study;
import io.limber.core.data.DataSet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program's command line; {@link #commandLine} is where it starts. */
@Command(
    name = "limber",
    header = "Reinforcement-learning agents, and measurements that tell whether they can learn.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    subcommands = {
      TrainCommand.class,
      ResumeCommand.class,
      InspectCommand.class,
      NodeCommand.class,
      SweepCommand.class,
      StudyCommand.class,
      DashboardCommand.class,
      ProbeCommand.class,
      TopCommand.class,
      CompareCommand.class,
      ExportCommand.class,
      DataCommand.class,
      DoctorCommand.class,
      ConfigCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  limber train                                    the default agent, three minutes",
      "  limber train --set environment.kind=sparse-reward --seed 2",
      "  limber train --config conf/studies/paper-scale.conf --data data/mnist",
      "  limber train --json > summary.json              one JSON object, for scripts",
      "  limber resume runs/OLD                          from its newest checkpoint",
      "  limber sweep conf/sweeps/falsification.conf     128 agents, a few at a time",
      "  limber dashboard runs/OLD runs/NEW              two runs side by side, in the browser",
      "  limber probe --snapshot runs/OLD                measure its newest snapshot again",
      "  limber top runs/NEW                             watch a run that is going on",
      "  limber compare runs/A runs/B                    what each reached, and what differs",
      "  limber export runs/OLD > old.csv                every measurement, for other programs",
      "  limber data fetch mnist                         the full data set, into data/mnist",
      "  limber doctor                                   what is here, what is missing",
      "  limber config --defaults                        every key, with its documentation",
      "",
      "Every key of the configuration can be set with --set key=value."
    })
public final class Limber implements Runnable {

  /** As wide as the examples; narrower terminals wrap by themselves. */
  private static final int USAGE_COLUMNS = 100;

  @Spec private CommandSpec spec;

  @Option(
      names = "--natives",
      paramLabel = "auto|cpu|gpu",
      scope = ScopeType.INHERIT,
      description =
          "TensorFlow natives that the launcher builds with (default: auto, gpu where it finds an"
              + " NVIDIA driver). Also LIMBER_NATIVES.")
  private String natives;

  private Limber() {}

  /** The command line, ready to execute. */
  public static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Limber());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.registerConverter(DataSet.class, new DataSetNames());
    commandLine.registerConverter(Study.class, new StudyCommand.Names());
    Failures failures = new Failures();
    commandLine.setExecutionExceptionHandler(failures);
    commandLine.setParameterExceptionHandler(failures);
    listExitCodes(commandLine);
    commandLine.setUsageHelpWidth(USAGE_COLUMNS);
    return commandLine;
  }

  /** In the help of every command: picocli hands down the heading, but not the list. */
  private static void listExitCodes(CommandLine command) {
    command.getCommandSpec().usageMessage().exitCodeList(ExitCode.meanings());
    command.getSubcommands().values().forEach(Limber::listExitCodes);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing command: one of " + String.join(", ", spec.subcommands().keySet()));
  }

  /** What was asked for; the launcher has acted on it before the JVM started. */
  String natives() {
    return natives == null ? "auto" : natives;
  }
}
