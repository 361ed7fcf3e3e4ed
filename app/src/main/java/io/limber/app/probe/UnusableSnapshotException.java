package io.limber.app.probe;

/** There is no snapshot where one is named, or it cannot be measured; the message says why. */
public final class UnusableSnapshotException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnusableSnapshotException(String message) {
    super(message);
  }
}
