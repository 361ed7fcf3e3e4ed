package io.limber.app.cli;

import io.limber.app.config.Settings;
import io.limber.app.console.ProgressBarView;
import io.limber.app.console.ProgressLinesView;
import io.limber.app.console.ProgressView;
import io.limber.app.console.Terminal;
import io.limber.app.json.Json;
import io.limber.core.config.Section;
import io.limber.core.data.DataFetcher;
import io.limber.core.data.DataSet;
import io.limber.core.data.DataSets;
import io.limber.core.data.FetchSettings;
import io.limber.core.data.LabelledImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Data sets: get the official files, look at what there is and at what a run would use. */
@Command(
    name = "data",
    header = "Fetch or import data sets, and show what a run would use.",
    subcommands = {
      DataCommand.Fetch.class,
      DataImportCommand.class,
      DataListCommand.class,
      DataCommand.Info.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  limber data fetch cifar10                       60,000 images, into data/cifar10",
      "  limber data import cifar10 DIR                  the same from files that are here already",
      "  limber data list                                what is there, and where",
      "  limber data info --data data/mnist"
    })
final class DataCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing command: fetch, import, list or info");
  }

  /** A bar on a terminal, lines elsewhere. */
  static ProgressView progress(PrintWriter err, String task, long totalBytes) {
    Terminal terminal = Terminal.detect();
    return terminal.err()
        ? new ProgressBarView(err, terminal.columns(), task, totalBytes)
        : new ProgressLinesView(
            err, task, totalBytes, Duration.ofSeconds(5), InstantSource.system());
  }

  /** The command line that trains on a data set. */
  static String train(DataSet set, Path directory) {
    String name = set == DataSet.MNIST ? "" : " --set data.name=" + Section.kebab(set);
    return "limber train --data " + directory + name;
  }

  /** The only command that uses the network. */
  @Command(
      name = "fetch",
      header = "Download a data set's official files and check them.",
      footerHeading = "%nExample:%n",
      footer = "  limber data fetch mnist && limber train --data data/mnist")
  static final class Fetch implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private ConfigOptions options;

    @Parameters(
        paramLabel = "NAME",
        description = "Data set: ${COMPLETION-CANDIDATES}.",
        completionCandidates = DataSetNames.class)
    private DataSet name;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
      FetchSettings settings = FetchSettings.from(options.resolve().limber(), name);
      DataFetcher.Fetched fetched;
      try (ProgressView view =
          progress(spec.commandLine().getErr(), "fetch", settings.totalBytes())) {
        fetched = new DataFetcher(settings).fetch((file, done, total) -> view.update(done, file));
      }
      print(fetched);
      return ExitCode.OK.code();
    }

    private void print(DataFetcher.Fetched fetched) {
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(
            Json.line(
                Map.of(
                    "directory", fetched.directory(),
                    "downloaded", fetched.downloaded(),
                    "kept", fetched.kept())));
      } else {
        out.printf(
            "%d files downloaded, %d already there and right, in %s%nUse them: %s%n",
            fetched.downloaded().size(),
            fetched.kept().size(),
            fetched.directory(),
            train(name, fetched.directory()));
      }
      out.flush();
    }
  }

  /** Loads the images as a run would, so it finds damaged files as well. */
  @Command(
      name = "info",
      header = "Load the images a run would use and describe them.",
      footerHeading = "%nExample:%n",
      footer = "  limber data info --data data/mnist --set data.split=all")
  static final class Info implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private ConfigOptions options;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Override
    public Integer call() {
      Settings settings = Settings.check(options.resolve().limber());
      LabelledImages images = DataSets.load(settings.data());
      Map<String, Integer> counts = new TreeMap<>();
      for (int label = 0; label < images.classes(); label++) {
        counts.put(String.valueOf(label), images.count(label));
      }
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(
            Json.line(
                Map.of(
                    "source", images.source(),
                    "images", images.size(),
                    "shape", images.shape(),
                    "classes", images.classes(),
                    "images-per-class", counts)));
      } else {
        out.printf(
            "%s: %d images of shape %s, %d classes, per class %s%n",
            images.source(), images.size(), images.shape(), images.classes(), counts);
      }
      out.flush();
      return ExitCode.OK.code();
    }
  }
}
