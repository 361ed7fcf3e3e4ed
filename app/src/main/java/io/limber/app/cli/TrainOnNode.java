package io.limber.app.cli;

import io.limber.app.batch.BatchLines;
import io.limber.app.batch.BatchTable;
import io.limber.app.batch.BatchView;
import io.limber.app.batch.Cell;
import io.limber.app.batch.CellState;
import io.limber.app.batch.CellStatus;
import io.limber.app.batch.Devices;
import io.limber.app.batch.Room;
import io.limber.app.batch.TrainingCells;
import io.limber.app.cluster.ClusterBatch;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.Settings;
import io.limber.app.console.Terminal;
import io.limber.app.run.Outcome;
import io.limber.app.run.RunFolder;
import io.limber.app.run.Signals;
import io.limber.app.run.TensorFlowAgents;
import io.limber.core.config.Section;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** One run as a batch of one agent, all of it on a node; its folder must be the node's as well. */
final class TrainOnNode {

  private final EffectiveConfig config;
  private final Settings settings;
  private final JsonOutput output;

  TrainOnNode(EffectiveConfig config, JsonOutput output) {
    this.config = config;
    this.output = output;
    settings = Settings.check(config.limber());
  }

  /**
   * Waits for a node, has it train, and follows it; an unfinished run in the folder goes on.
   *
   * @param directory the run's folder; empty for a new one below {@code limber.runs-directory}
   */
  ExitCode run(Optional<Path> directory, CompletableFuture<Signals.Signal> stop)
      throws IOException {
    Path folder = folder(directory);
    Cell run = new Cell(folder.getFileName().toString(), Map.of(), config);
    Room room = Room.of(List.of(run));
    PrintWriter people = output.people();
    List<CellStatus> ends =
        new ClusterBatch(
                config,
                new TrainingCells(new TensorFlowAgents()),
                Devices.of(config),
                line -> say(people, line))
            .run(
                folder.getParent(),
                room.cellBytes(),
                OptionalInt.of(0), // none of it here
                List.of(run),
                view(people),
                stop);
    CellStatus end = ends.get(0);
    say(people, end.state() + " at step " + end.step() + ", in " + folder);
    Map<String, Object> summary = new LinkedHashMap<>(end.toMap());
    summary.put("run-dir", folder.toString());
    output.print(summary);
    if (stop.isDone()) {
      return StopSignal.exitCode(Outcome.of(stop.join()));
    }
    return end.state() == CellState.FINISHED ? ExitCode.OK : ExitCode.FAILED;
  }

  private Path folder(Optional<Path> directory) {
    if (directory.isEmpty()) {
      String kind = Section.kebab(settings.environment().kind());
      return RunFolder.below(settings.app().runsDirectory(), Instant.now(), kind, settings.seed())
          .path();
    }
    return RunFolder.holdsUnfinished(directory.get())
        ? RunFolder.existing(directory.get()).path()
        : RunFolder.at(directory.get()).path();
  }

  private BatchView view(PrintWriter people) {
    InstantSource clock = InstantSource.system();
    return output.isLive()
        ? new BatchTable(people, Terminal.detect().columns(), clock)
        : new BatchLines(people, settings.app().progressInterval(), clock);
  }

  private static void say(PrintWriter people, String line) {
    people.println(line);
    people.flush();
  }
}
