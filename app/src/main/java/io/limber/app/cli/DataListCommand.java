package io.limber.app.cli;

import io.limber.app.console.Table;
import io.limber.app.data.Inventory;
import io.limber.app.data.Inventory.Holding;
import io.limber.app.json.Json;
import io.limber.core.config.Section;
import io.limber.core.data.FetchSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The folders that {@code fetch} and {@code import} fill, and what is in the box. */
@Command(
    name = "list",
    header = "List the data sets: what is there, where, and how many images.",
    description = "Counts by headers and sizes of files; limber data info reads them as well.",
    footerHeading = "%nExample:%n",
    footer = "  limber data list")
final class DataListCommand implements Callable<Integer> {

  private static final String EMBEDDED = "embedded";

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Override
  public Integer call() {
    Section limber = options.resolve().limber();
    List<Holding> holdings = Inventory.of(set -> FetchSettings.from(limber, set).directory());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          Json.line(Map.of("data-sets", holdings.stream().map(DataListCommand::fields).toList())));
    } else {
      Map<String, String> rows = new LinkedHashMap<>();
      holdings.forEach(holding -> rows.put(heading(holding), text(holding)));
      out.println(Table.text(rows));
    }
    out.flush();
    return ExitCode.OK.code();
  }

  private static String place(Holding holding) {
    return holding.directory().map(Path::toString).orElse(EMBEDDED);
  }

  private static String heading(Holding holding) {
    return Section.kebab(holding.set()) + ", " + place(holding);
  }

  private static String text(Holding holding) {
    String name = Section.kebab(holding.set());
    if (holding.files().isEmpty() && holding.directory().isPresent()) {
      return "not there: limber data fetch " + name + ", or limber data import " + name + " PATH";
    }
    return holding
        .problem()
        .orElseGet(
            () ->
                String.format(
                    Locale.ROOT,
                    "%,d training and %,d test images",
                    holding.train(),
                    holding.test()));
  }

  private static Map<String, Object> fields(Holding holding) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", Section.kebab(holding.set()));
    fields.put("directory", place(holding));
    fields.put("files", holding.files());
    fields.put("train-images", holding.train());
    fields.put("test-images", holding.test());
    holding.problem().ifPresent(problem -> fields.put("problem", problem));
    return fields;
  }
}
