package io.limber.app.cli;

import io.limber.app.batch.Batch;
import io.limber.app.batch.BatchLines;
import io.limber.app.batch.BatchTable;
import io.limber.app.batch.BatchView;
import io.limber.app.batch.Cell;
import io.limber.app.batch.CellRunner;
import io.limber.app.batch.CellState;
import io.limber.app.batch.CellStatus;
import io.limber.app.batch.Devices;
import io.limber.app.batch.Room;
import io.limber.app.batch.StatusFile;
import io.limber.app.batch.Tally;
import io.limber.app.batch.TrainingCells;
import io.limber.app.batch.Views;
import io.limber.app.cluster.ClusterBatch;
import io.limber.app.config.Settings;
import io.limber.app.console.Terminal;
import io.limber.app.run.Outcome;
import io.limber.app.run.Signals;
import io.limber.app.run.TensorFlowAgents;
import io.limber.app.sweep.SweepFile;
import io.limber.app.sweep.SweepFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains many agents. */
@Command(
    name = "sweep",
    header = "Train every agent of a grid, a few at a time; finished ones are not run again.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  limber sweep conf/sweeps/falsification.conf --dry-run      what agents there are",
      "  limber sweep conf/sweeps/falsification.conf --parallel 2",
      "  limber sweep mine.conf --seeds 5 --json > sweep.json",
      "  limber sweep mine.conf --cluster --bind 127.0.0.1:25520",
      "",
      "The same command again goes on with what is not finished."
    })
final class SweepCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOutput output;
  @Mixin private ConfigOptions options;
  @Mixin private ClusterOptions cluster;

  @Parameters(
      paramLabel = "FILE",
      description = "HOCON: sweep.axes and sweep.seeds vary, all else is shared by all agents.")
  private Path file;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Agents at a time; without it as many as cores and memory allow.")
  private Integer parallel;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Seeds 1 to N for every combination, in place of the file's own.")
  private Long seeds;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the sweep; without it one named after FILE below runs-directory.")
  private Path out;

  @Option(
      names = "--cluster",
      description = "Hand agents out to nodes, too: limber node --role learner --join HOST:PORT.")
  private boolean inCluster;

  @Option(names = "--dry-run", description = "Name the agents, run none.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    cluster.addTo(options);
    SweepFile sweep = SweepFile.read(file);
    if (seeds != null) {
      sweep = sweep.withSeeds(seeds);
    }
    List<Cell> agents = sweep.agents(options.sources());
    if (dryRun) {
      list(agents);
      return ExitCode.OK.code();
    }
    Settings first = Settings.check(agents.get(0).config().limber());
    Path path =
        out == null ? first.app().runsDirectory().resolve("sweeps").resolve(sweep.name()) : out;
    try (SweepFolder folder = SweepFolder.open(path)) {
      return run(folder, agents, first.app().progressInterval()).code();
    }
  }

  private void list(List<Cell> agents) {
    if (output.isWanted()) {
      List<Map<String, Object>> rows =
          agents.stream()
              .map(agent -> Map.<String, Object>of("key", agent.key(), "choices", agent.choices()))
              .toList();
      output.print(Map.of("agents", rows));
    } else {
      PrintWriter shown = output.people();
      agents.forEach(agent -> shown.println(agent.key() + "  " + agent.label()));
      shown.println(agents.size() + " agents; " + Room.of(agents).text());
      shown.flush();
    }
  }

  private ExitCode run(SweepFolder folder, List<Cell> agents, Duration interval)
      throws IOException {
    PrintWriter shown = output.people();
    CompletableFuture<Signals.Signal> stop = StopSignal.completing(spec.commandLine().getErr());
    List<CellStatus> ends =
        train(folder, agents, new Shown(shown, view(folder, shown, interval)), stop);
    Tally tally = Tally.of(ends);
    shown.println(tally.text() + "; in " + folder.path());
    shown.flush();
    output.print(summary(folder, ends));
    if (stop.isDone()) {
      return StopSignal.exitCode(Outcome.of(stop.join()));
    }
    return tally.of(CellState.FAILED) == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  /** Where lines go, and who looks on. */
  private record Shown(PrintWriter lines, BatchView view) {

    void say(String line) {
      lines.println(line);
      lines.flush();
    }
  }

  private List<CellStatus> train(
      SweepFolder folder, List<Cell> agents, Shown shown, CompletableFuture<Signals.Signal> stop)
      throws IOException {
    Room room = Room.of(agents);
    OptionalInt asked = Parallel.of(parallel);
    Devices devices = Devices.of(agents.get(0).config());
    int atOnce = devices.atOnce(asked, room);
    CellRunner runner = new TrainingCells(new TensorFlowAgents());
    shown.say(
        "%d agents, %d at a time here (%s; %s), in %s"
            .formatted(agents.size(), atOnce, devices.text(), room.text(), folder.path()));
    if (inCluster) {
      return new ClusterBatch(options.resolve(), runner, devices, shown::say)
          .run(folder.agents(), room.cellBytes(), asked, agents, shown.view(), stop);
    }
    return new Batch(folder.agents(), runner, devices, atOnce).run(agents, shown.view(), stop);
  }

  private BatchView view(SweepFolder folder, PrintWriter shown, Duration interval) {
    InstantSource clock = InstantSource.system();
    BatchView people =
        output.isLive()
            ? new BatchTable(shown, Terminal.detect().columns(), clock)
            : new BatchLines(shown, interval, clock);
    return new Views(List.of(people, new StatusFile(folder.status(), clock)));
  }

  private static Map<String, Object> summary(SweepFolder folder, List<CellStatus> ends) {
    Map<String, Object> summary = new LinkedHashMap<>();
    Tally tally = Tally.of(ends);
    for (CellState state : CellState.values()) {
      summary.put(state.toString(), tally.of(state));
    }
    summary.put("folder", folder.path().toString());
    summary.put("agents", ends.stream().map(CellStatus::toMap).toList());
    return summary;
  }
}
