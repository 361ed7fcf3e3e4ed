package io.limber.actors.remote;

/**
 * A node cannot host a run; the message tells people why. The run places nothing there and goes on
 * with other nodes.
 */
public final class UnhostableRunException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnhostableRunException(String message) {
    super(message);
  }
}
