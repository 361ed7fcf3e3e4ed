package io.limber.app.data;

import java.io.IOException;
import java.util.List;

/** Something that official files can be made from. */
interface ImportSource {

  /** For people. */
  String description();

  /** Names of the files that will be written. */
  List<String> files();

  /** Bytes that will be written, all files together. */
  long totalBytes();

  /**
   * Writes all files.
   *
   * @throws io.limber.core.data.DataFileException if the source is damaged
   */
  void writeTo(StagedFolder folder) throws IOException;
}
