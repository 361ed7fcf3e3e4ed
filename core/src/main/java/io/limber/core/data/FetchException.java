package io.limber.core.data;

import java.io.IOException;

/**
 * A file could not be fetched, or not be put into its folder. The message names the file and what
 * to do; nothing half-done is left under the file's name.
 */
public final class FetchException extends IOException {

  FetchException(String message) {
    super(message);
  }

  FetchException(String message, Throwable cause) {
    super(message, cause);
  }
}
