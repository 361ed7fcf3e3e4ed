package io.limber.core.checkpoint;

/**
 * A checkpoint is torn, altered, of another run or of a newer program; the message names the file
 * and the reason. Whoever resumes takes the next older one and says so.
 */
public final class UnusableCheckpointException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnusableCheckpointException(String message) {
    super(message);
  }

  public UnusableCheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
