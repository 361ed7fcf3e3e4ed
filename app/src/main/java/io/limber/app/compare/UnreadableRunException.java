package io.limber.app.compare;

/** A file of a run is damaged. The message names it; nothing was printed. */
public final class UnreadableRunException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableRunException(String message, Throwable cause) {
    super(message, cause);
  }
}
