package io.limber.app.batch;

import io.limber.app.console.ProgressView;
import io.limber.app.run.Signals;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Ends cells as it is told, and counts how many it has at a time. */
final class FakeRunner implements CellRunner {

  /** Cells that an earlier batch has finished. */
  final Set<String> done = new HashSet<>();

  /** Cells that throw. */
  final Set<String> broken = new HashSet<>();

  /** Cells in the order in which they ran. */
  final Set<String> ran = ConcurrentHashMap.newKeySet();

  final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private final CyclicBarrier together;
  private Runnable whileRunning = () -> {};

  /**
   * @param together cells that wait for each other, which shows that so many run at a time
   */
  FakeRunner(int together) {
    this.together = new CyclicBarrier(together);
  }

  void whileRunning(Runnable action) {
    whileRunning = action;
  }

  @Override
  public Optional<CellEnd> finished(Cell cell, Path folder) {
    return done.contains(cell.key())
        ? Optional.of(new CellEnd(CellState.FINISHED, 100, ""))
        : Optional.empty();
  }

  @Override
  public CellEnd run(
      Cell cell, Path folder, ProgressView progress, CompletableFuture<Signals.Signal> stop) {
    ran.add(folder.getFileName().toString());
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      together.await(20, TimeUnit.SECONDS);
      whileRunning.run();
      progress.update(50, "half way");
      if (broken.contains(cell.key())) {
        throw new IllegalStateException("no luck");
      }
      return new CellEnd(stop.isDone() ? CellState.STOPPED : CellState.FINISHED, 100, "");
    } catch (TimeoutException | InterruptedException | BrokenBarrierException e) {
      throw new AssertionError("fewer cells ran at a time than should", e);
    } finally {
      running.decrementAndGet();
    }
  }
}
