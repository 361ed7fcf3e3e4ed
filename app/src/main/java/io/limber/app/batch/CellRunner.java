package io.limber.app.batch;

import io.limber.app.console.ProgressView;
import io.limber.app.run.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Runs cells; several threads may ask at once, each for another cell. Tests put fakes here. */
public interface CellRunner {

  /**
   * How an earlier attempt finished the cell; empty if none did.
   *
   * @throws IOException if its files cannot be read
   */
  Optional<CellEnd> finished(Cell cell, Path folder) throws IOException;

  /**
   * Runs the cell, or goes on with it, until it ends; blocks its thread.
   *
   * @param folder of this cell alone
   * @param progress hears how far it is; closed when it ends
   * @param stop asks for a clean end
   * @throws IOException if a file cannot be written
   */
  CellEnd run(Cell cell, Path folder, ProgressView progress, CompletableFuture<Signals.Signal> stop)
      throws IOException;
}
