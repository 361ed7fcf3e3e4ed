package io.limber.core.state;

/**
 * A saved state is not what the part it is given to has saved, for instance because it comes from
 * another configuration. Whoever restores says which file it is from and tries an older one.
 */
public final class UnusableStateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnusableStateException(String message) {
    super(message);
  }

  public UnusableStateException(String message, Throwable cause) {
    super(message, cause);
  }
}
