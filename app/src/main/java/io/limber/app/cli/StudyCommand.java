package io.limber.app.cli;

import io.limber.app.study.Studies;
import io.limber.app.study.Study;
import io.limber.app.study.StudyReport;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The paper's studies. */
@Command(
    name = "study",
    header = "Reproduce a part of the paper: runs, figures and verdicts.",
    subcommands = {StudyListCommand.class, StudyRunCommand.class, StudyReportCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  limber study list",
      "  limber study run sharpness                      quick scale: about five minutes",
      "  limber study run sharpness --scale laptop --seeds 5",
      "  limber study run sharpness --dry-run            cells, gradients, time and memory",
      "  limber study report sharpness                   of whatever is finished"
    })
final class StudyCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command: list, run or report");
  }

  /** Where the report is and what it says. */
  static void print(StudyReport report, PrintWriter out) {
    out.println(report.head().completeness());
    report.verdicts().forEach(verdict -> out.println(verdict.line()));
    out.println("report: " + report.folder().resolve("index.html"));
    out.flush();
  }

  /** The report and where it is, for JSON. */
  static Map<String, Object> map(StudyReport report) {
    Map<String, Object> map = new LinkedHashMap<>(report.toMap());
    map.put("folder", report.folder().toString());
    return map;
  }

  /** Studies by name. */
  static final class Names implements ITypeConverter<Study>, Iterable<String> {

    @Override
    public Study convert(String name) {
      return Studies.named(name)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "no study is called " + name + "; there are " + String.join(", ", names())));
    }

    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }

    private static List<String> names() {
      return Studies.all().stream().map(Study::name).collect(Collectors.toList());
    }
  }
}
