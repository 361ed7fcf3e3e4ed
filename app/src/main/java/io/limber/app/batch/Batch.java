package io.limber.app.batch;

import io.limber.app.run.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs cells in this process, so many at a time, in their order. A cell that fails is told of and
 * stops no other; a finished one is not run again. Used once.
 */
public final class Batch {

  private static final Logger log = LoggerFactory.getLogger(Batch.class);

  private static final String HERE = "here";

  private final Path folder;
  private final CellRunner runner;
  private final Devices devices;
  private final int parallel;

  /**
   * @param folder where each cell has a folder, named after its key
   * @param devices that cells are placed on
   * @param parallel cells at a time, at least 1
   */
  public Batch(Path folder, CellRunner runner, Devices devices, int parallel) {
    if (parallel < 1) {
      throw new IllegalArgumentException("parallel = " + parallel + " must be at least 1");
    }
    this.folder = folder;
    this.runner = runner;
    this.devices = devices;
    this.parallel = parallel;
  }

  /**
   * Runs all cells until every one has ended or {@code stop} completes; blocks its thread.
   *
   * @param cells no two of one key
   * @param view is told of everything; closed at the end
   * @return how each cell ended, in their order
   */
  public List<CellStatus> run(
      List<Cell> cells, BatchView view, CompletableFuture<Signals.Signal> stop) {
    Board board = new Board(cells, view);
    ExecutorService workers = Executors.newFixedThreadPool(parallel);
    try (view) {
      CompletableFuture<?>[] all =
          cells.stream()
              .map(cell -> CompletableFuture.runAsync(() -> work(cell, board, stop), workers))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(all).join();
    } finally {
      workers.shutdown();
    }
    return board.all();
  }

  private void work(Cell cell, Board board, CompletableFuture<Signals.Signal> stop) {
    if (!stop.isDone()) {
      CellEnd end = endOf(cell, board, stop);
      board.set(new CellStatus(cell, end.state(), end.step(), Optional.of(HERE), end.details()));
    }
  }

  private CellEnd endOf(Cell cell, Board board, CompletableFuture<Signals.Signal> stop) {
    Path own = folder.resolve(cell.key());
    try {
      Optional<CellEnd> earlier = runner.finished(cell, own);
      if (earlier.isPresent()) {
        return earlier.get();
      }
      try (Devices.Place place = devices.place(cell.config())) {
        board.set(
            new CellStatus(cell, CellState.RUNNING, 0, Optional.of(HERE), "", place.device()));
        return runner.run(
            cell.with(place.config()), own, board.progressOf(cell, HERE, place.device()), stop);
      }
    } catch (IOException | RuntimeException e) {
      log.error("cell {} ({}) failed", cell.key(), cell.label(), e);
      return new CellEnd(CellState.FAILED, 0, String.valueOf(e.getMessage()));
    }
  }
}
