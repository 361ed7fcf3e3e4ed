package io.limber.app.batch;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.limber.app.console.ProgressView;
import io.limber.app.run.AgentSource;
import io.limber.app.run.Outcome;
import io.limber.app.run.RunFolder;
import io.limber.app.run.RunView;
import io.limber.app.run.Signals;
import io.limber.app.run.TrainingRun;
import io.limber.app.run.TrainingSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Cells as training runs. What an unfinished attempt left is set aside under the key with a number,
 * and the cell begins again.
 */
public final class TrainingCells implements CellRunner {

  private final AgentSource agents;

  public TrainingCells(AgentSource agents) {
    this.agents = agents;
  }

  @Override
  public Optional<CellEnd> finished(Cell cell, Path folder) throws IOException {
    Path file = new RunFolder(folder).summary();
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      Config summary = ConfigFactory.parseFile(file.toFile());
      return summary.getString("outcome").equals(Outcome.COMPLETED.toString())
          ? Optional.of(new CellEnd(CellState.FINISHED, summary.getLong("updates"), ""))
          : Optional.empty();
    } catch (ConfigException e) {
      return Optional.empty(); // torn by whatever ended the process: not finished
    }
  }

  @Override
  public CellEnd run(
      Cell cell, Path folder, ProgressView progress, CompletableFuture<Signals.Signal> stop)
      throws IOException {
    setAside(folder);
    TrainingRun run = new TrainingRun(cell.config(), agents, new Quiet(progress));
    return end(run.run(Optional.of(folder), stop));
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
    if (Files.exists(folder)) {
      Path aside = folder;
      for (int i = 1; Files.exists(aside); i++) {
        aside = folder.resolveSibling(folder.getFileName() + "-attempt-" + i);
      }
      Files.move(folder, aside);
    }
  }

  /** Tables of hundreds of runs are for nobody; their numbers lie in their folders. */
  private record Quiet(ProgressView progress) implements RunView {

    @Override
    public void table(String title, Map<String, String> rows) {}

    @Override
    public ProgressView progress(String task, long total, Duration interval) {
      return progress;
    }
  }
}
