package io.limber.protos.wire;

/** What whoever measures on a node tells the run of an order. */
public sealed interface ToOrderer extends WireMessage {

  /** Of the order. */
  long id();

  /**
   * It is at work; told again and again until the answer has arrived.
   *
   * @param done fraction of the measurement, in [0, 1]
   * @param waiting others that the node measures come first
   */
  record Probing(long id, double done, boolean waiting) implements ToOrderer {}

  /**
   * The measurement failed.
   *
   * @param reason for people
   */
  record Unmeasured(long id, String reason) implements ToOrderer {}
}
