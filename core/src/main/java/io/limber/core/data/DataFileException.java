package io.limber.core.data;

/**
 * A data file is missing, corrupt, truncated or unreadable. The message names the file, what is
 * wrong with it and how to mend it. The run does not start.
 */
public final class DataFileException extends RuntimeException {

  private static final String MEND =
      "; delete it and fetch it again (limber data fetch mnist), or correct limber.data.directory";

  DataFileException(String message) {
    super(message);
  }

  DataFileException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A file that is there but cannot be used. */
  static DataFileException corrupt(String file, String problem) {
    return new DataFileException(file + ": " + problem + MEND);
  }
}
