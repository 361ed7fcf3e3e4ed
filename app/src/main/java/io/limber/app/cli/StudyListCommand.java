package io.limber.app.cli;

import io.limber.app.console.Table;
import io.limber.app.json.Json;
import io.limber.app.study.Studies;
import io.limber.app.study.Study;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Names of the studies and what they show. */
@Command(
    name = "list",
    header = "List the studies.",
    footerHeading = "%nExample:%n",
    footer = "  limber study list")
final class StudyListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      List<Map<String, String>> rows =
          Studies.all().stream()
              .map(s -> Map.of("name", s.name(), "title", s.title(), "section", s.section()))
              .toList();
      out.println(Json.line(Map.of("studies", rows)));
    } else {
      Map<String, String> rows = new LinkedHashMap<>();
      for (Study study : Studies.all()) {
        rows.put(study.name(), study.title() + " (" + study.section() + ")");
      }
      out.println(Table.text(rows));
    }
    out.flush();
    return ExitCode.OK.code();
  }
}
