package io.limber.app.sweep;

/** A sweep's file cannot be used; the message names file, key and rule. Nothing was started. */
public final class SweepFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SweepFileException(String message) {
    super(message);
  }
}
