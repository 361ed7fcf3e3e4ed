package io.limber.app.cli;

import io.limber.app.config.Assignment;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.dashboard.DashboardExtras;
import io.limber.app.dashboard.DashboardServer;
import io.limber.app.dashboard.DashboardSettings;
import io.limber.app.dashboard.DashboardUnavailableException;
import io.limber.app.dashboard.FollowedRuns;
import io.limber.app.run.FolderStatus;
import io.limber.app.run.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows runs by their folders, finished, running elsewhere or about to begin. */
@Command(
    name = "dashboard",
    header = "Show runs in the browser, one or several side by side, until Ctrl-C.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  limber dashboard runs/OLD                       one run, finished or still going on",
      "  limber dashboard runs/OLD runs/NEW              two of them in the same charts",
      "  limber dashboard runs                           all runs in a folder"
    })
final class DashboardCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "Folders of runs, or folders that hold some.")
  private List<Path> folders;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port on this machine; 0 for any free one (limber.dashboard.port).")
  private String port;

  @Mixin private ConfigFiles files;

  @Override
  public Integer call() throws IOException {
    DashboardSettings settings = DashboardSettings.from(config().limber());
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<Path> runs = runs(err);
    try (FollowedRuns followed = new FollowedRuns(runs, new FolderStatus(InstantSource.system()));
        DashboardServer server =
            DashboardServer.open(settings, followed.shown(), DashboardExtras.none())) {
      out.println(runs.size() + (runs.size() == 1 ? " run at " : " runs at ") + server.link());
      out.flush();
      return StopSignal.exitCode(Outcome.of(StopSignal.completing(err).join())).code();
    } catch (DashboardUnavailableException e) {
      err.println("limber: " + e.getMessage());
      err.flush();
      return ExitCode.FAILED.code();
    }
  }

  /** The newest ones where there are more than can be shown. */
  private List<Path> runs(PrintWriter err) throws IOException {
    Set<Path> found = new LinkedHashSet<>();
    for (Path folder : folders) {
      List<Path> below = FollowedRuns.below(folder);
      if (below.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(),
            "RUN = "
                + folder
                + " must be the folder of a run, with config.conf or metrics.jsonl, or hold some");
      }
      found.addAll(below);
    }
    List<Path> all = List.copyOf(found);
    int left = Math.max(0, all.size() - FollowedRuns.MOST);
    if (left > 0) {
      err.printf(
          "limber: %d runs, of which the last %d are shown%n", all.size(), FollowedRuns.MOST);
      err.flush();
    }
    return all.subList(left, all.size());
  }

  private EffectiveConfig config() {
    List<Assignment> flags =
        port == null ? List.of() : List.of(new Assignment("--port", "limber.dashboard.port", port));
    return EffectiveConfig.resolve(files.sources(Optional.empty(), flags));
  }
}
