package io.limber.testkit.network;

/** Which way bytes go through a {@link LoopbackProxy}. */
public enum Direction {
  /** From whoever connected to the proxy. */
  TO_TARGET,
  /** Back to whoever connected to the proxy. */
  TO_CLIENT
}
