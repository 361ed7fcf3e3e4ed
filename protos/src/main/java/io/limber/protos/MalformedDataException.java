package io.limber.protos;

import java.io.IOException;

/**
 * Bytes that are not what they should be: truncated, altered, foreign or of a newer version; the
 * message says which. Nothing was taken over from them. The reader goes on with an older copy or
 * stops; reading them again does not help.
 */
public final class MalformedDataException extends IOException {

  public MalformedDataException(String message) {
    super(message);
  }

  public MalformedDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
