package io.limber.app.cli;

import io.limber.app.console.Table;
import io.limber.app.json.Json;
import io.limber.app.run.RunFolder;
import io.limber.app.run.RunState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a run folder can be resumed from. */
@Command(
    name = "inspect",
    header = "Say whether a run is finished, who writes it, and what it can be resumed from.",
    description = "Reads every byte of its checkpoints and compares it with their checksums.",
    footerHeading = "%nExample:%n",
    footer = "  limber inspect runs/OLD")
final class InspectCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "Folder of the run.")
  private Path run;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    RunState state = RunState.of(RunFolder.existing(run));
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? Json.line(state.toMap()) : Table.text(state.toRows()));
    out.flush();
    return ExitCode.OK.code();
  }
}
