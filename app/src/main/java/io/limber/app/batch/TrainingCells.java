package io.limber.app.batch;

import io.limber.app.console.ProgressView;
import io.limber.app.run.AgentSource;
import io.limber.app.run.RunEnd;
import io.limber.app.run.RunFolder;
import io.limber.app.run.RunView;
import io.limber.app.run.Signals;
import io.limber.app.run.StartUp;
import io.limber.app.run.TrainingRun;
import io.limber.app.run.TrainingSummary;
import io.limber.app.run.UnusableRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cells as training runs. An unfinished one goes on from its newest checkpoint; where it has none
 * that can be used, what it left is set aside under the key with a number, and it begins anew.
 */
public final class TrainingCells implements CellRunner {

  private static final Logger log = LoggerFactory.getLogger(TrainingCells.class);

  private final AgentSource agents;

  public TrainingCells(AgentSource agents) {
    this.agents = agents;
  }

  @Override
  public Optional<CellEnd> finished(Cell cell, Path folder) {
    return RunEnd.of(new RunFolder(folder))
        .filter(RunEnd::completed)
        .map(end -> new CellEnd(CellState.FINISHED, end.updates(), ""));
  }

  @Override
  public CellEnd run(
      Cell cell, Path folder, ProgressView progress, CompletableFuture<Signals.Signal> stop)
      throws IOException {
    if (Files.isRegularFile(new RunFolder(folder).config())) {
      try {
        return end(run(cell, progress).resume(folder, OptionalLong.empty(), stop));
      } catch (UnusableRunException e) {
        log.warn("cell {} begins anew: {}", cell.key(), e.getMessage());
      }
    }
    setAside(folder);
    return end(run(cell, progress).run(Optional.of(folder), stop));
  }

  private TrainingRun run(Cell cell, ProgressView progress) {
    return new TrainingRun(cell.config(), agents, new Quiet(cell.key(), progress));
  }

  private static CellEnd end(TrainingSummary summary) {
    long updates = summary.updates();
    return switch (summary.outcome()) {
      case COMPLETED -> new CellEnd(CellState.FINISHED, updates, "");
      case INTERRUPTED, TERMINATED -> new CellEnd(CellState.STOPPED, updates, "");
      case FAILED -> new CellEnd(CellState.FAILED, updates, summary.failure().orElse("failed"));
    };
  }

  private static void setAside(Path folder) throws IOException {
    if (Files.exists(folder) && !isEmpty(folder)) {
      Path aside = folder;
      for (int i = 1; Files.exists(aside); i++) {
        aside = folder.resolveSibling(folder.getFileName() + "-attempt-" + i);
      }
      Files.move(folder, aside);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  /** Tables of hundreds of runs are for nobody; their numbers lie in their folders. */
  private record Quiet(String key, ProgressView progress) implements RunView {

    @Override
    public void table(String title, Map<String, String> rows) {
      if (rows.containsKey(StartUp.GOES_ON)) {
        log.info("cell {} goes on {}", key, rows.get(StartUp.GOES_ON));
      }
    }

    @Override
    public ProgressView progress(String task, long total, Duration interval) {
      return progress;
    }
  }
}
