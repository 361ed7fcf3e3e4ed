package io.limber.core.data;

import io.limber.core.config.Section;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/**
 * A data file is missing, corrupt, truncated or unreadable. The message names the file, what is
 * wrong with it and how to mend it. The run does not start.
 */
public final class DataFileException extends RuntimeException {

  private static final String MEND =
      "; delete it and get it again (limber data fetch or limber data import), or correct"
          + " limber.data.directory";

  public DataFileException(String message) {
    super(message);
  }

  private DataFileException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A file that is there but cannot be used. */
  public static DataFileException corrupt(String file, String problem) {
    return new DataFileException(file + ": " + problem + MEND);
  }

  /** A file, compressed or not, that could not be read to its end. */
  public static DataFileException unreadable(String file, IOException e) {
    if (e instanceof ZipException) {
      return corrupt(file, "has a broken gzip stream: " + e.getMessage());
    }
    if (e instanceof EOFException) {
      return corrupt(file, "is truncated: its gzip stream ends too early");
    }
    return new DataFileException(
        file + ": cannot be read (" + e + "); check its permissions and the disk", e);
  }

  /**
   * A file of a data set that is not in its folder.
   *
   * @param alternatives completes "is not there", for instance with other places that were tried
   */
  static DataFileException missing(DataSet set, Path file, String alternatives) {
    String name = Section.kebab(set);
    return new DataFileException(
        file
            + ": is not there"
            + alternatives
            + "; get the files (limber data fetch "
            + name
            + ", or limber data import "
            + name
            + " PATH) and set limber.data.directory to their folder"
            + (set.embedded() ? ", or leave it empty for the embedded test images" : ""));
  }
}
