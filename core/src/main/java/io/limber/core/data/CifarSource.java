package io.limber.core.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where batch files lie: beside each other in a folder, or in their archive. */
interface CifarSource {

  /** What is done with a batch; must not close the stream. */
  @FunctionalInterface
  interface Reader {
    void read(String batch, InputStream in) throws IOException;
  }

  /** The files on disk; empty if there is none. */
  List<Path> present();

  /**
   * Sizes in bytes of the batches that are there, by name.
   *
   * @throws DataFileException if that cannot be found out
   */
  Map<String, Long> sizes();

  /** Path of a batch, there or not, for messages. */
  String path(String batch);

  /**
   * Hands over the named batches, one after the other, in any order.
   *
   * @throws DataFileException if one cannot be read
   */
  void read(Set<String> batches, Reader reader);
}
