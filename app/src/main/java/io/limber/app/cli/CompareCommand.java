package io.limber.app.cli;

import io.limber.app.compare.Comparison;
import io.limber.app.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at runs side by side. */
@Command(
    name = "compare",
    header = "Show runs side by side: what each reached, how fast, and how they were configured.",
    description = "Rates are means over the reports; of several sources' last values the mean.",
    footerHeading = "%nExamples:%n",
    footer = {"  limber compare runs/A runs/B", "  limber compare runs/* --json > runs.json"})
final class CompareCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", arity = "1..*", description = "Folders of runs.")
  private List<Path> runs;

  @Option(
      names = "--json",
      description = "Print one JSON object, with every metric, instead of a table.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Comparison comparison = Comparison.of(runs);
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? Json.line(comparison.toMap()) : comparison.text());
    out.flush();
    return ExitCode.OK.code();
  }
}
