package io.limber.actors.environment;

/** An environment or its policy threw. The supervisor starts the actor anew, with back-off. */
public final class EnvironmentFailedException extends RuntimeException {

  EnvironmentFailedException(String actor, Throwable cause) {
    super(actor + " failed: " + cause, cause);
  }
}
