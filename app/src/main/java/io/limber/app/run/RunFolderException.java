package io.limber.app.run;

/**
 * The run's folder cannot be made or is not empty. The message names it and how to mend it; nothing
 * was started or written.
 */
public final class RunFolderException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RunFolderException(String message) {
    super(message);
  }

  RunFolderException(String message, Throwable cause) {
    super(message, cause);
  }
}
