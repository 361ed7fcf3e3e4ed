package io.limber.actors.serialization;

import com.typesafe.config.Config;

/** Java serialization runs whatever a peer sends: Limber refuses to start with it. */
public final class JavaSerialization {

  private static final String KEY = "akka.actor.allow-java-serialization";

  private JavaSerialization() {}

  /**
   * @throws IllegalStateException if it is on
   */
  public static void requireOff(Config config) {
    if (config.getBoolean(KEY)) {
      throw new IllegalStateException(
          KEY + " = on must be off: it lets whoever sends a message run code of their choice");
    }
  }
}
