package io.limber.app.run;

/**
 * A run cannot be resumed: none of its checkpoints can be used. The message says why and what to
 * do.
 */
public final class UnusableRunException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnusableRunException(String message) {
    super(message);
  }
}
