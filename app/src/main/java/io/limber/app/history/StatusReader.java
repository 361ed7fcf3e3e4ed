package io.limber.app.history;

import java.io.IOException;
import java.nio.file.Path;

/** Tells how the run of a folder is. */
@FunctionalInterface
public interface StatusReader {

  /**
   * Looks anew.
   *
   * @throws IOException if the folder cannot be read
   */
  RunStatus of(Path folder) throws IOException;
}
