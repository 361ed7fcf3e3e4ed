package io.limber.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains an agent. */
@Command(name = "train", header = "Train an agent, measure it, and write a run folder.")
final class TrainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Option(
      names = "--run-dir",
      paramLabel = "DIR",
      description = "Folder of this run, new or empty; without it a new one below runs-directory.")
  private Path runDirectory;

  @Option(
      names = "--json",
      description = "Print one JSON object on standard output, the rest on standard error.")
  private boolean json;

  @Override
  public Integer call() {
    return ExitCode.OK.code();
  }
}
