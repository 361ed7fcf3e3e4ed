package io.limber.app.cli;

import io.limber.app.json.Json;
import io.limber.app.run.ProgramVersion;
import io.limber.app.study.StudyReport;
import io.limber.app.study.StudyRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a report of what is finished; runs nothing. */
@Command(
    name = "report",
    header = "Write the report of whatever is finished, and say what is missing.",
    description = "It is about the cells that limber study run was last asked for.",
    footerHeading = "%nExample:%n",
    footer = "  limber study report sharpness --scale laptop")
final class StudyReportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private StudyOptions options;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    StudyRun run =
        StudyRun.again(
            options.study(), options.scale(), options.root(), options.home(), options.runner());
    StudyReport report = run.report(ProgramVersion.text());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(StudyCommand.map(report)));
      out.flush();
    } else {
      StudyCommand.print(report, out);
    }
    return ExitCode.OK.code();
  }
}
