package io.limber.protos.wire;

/** What a node tells the sweep that has hired it. */
public sealed interface ToSweep extends WireMessage {

  /** Reference of the node, as the sweep found it. */
  String node();

  /**
   * How many agents the node takes at a time.
   *
   * @param room 0 if it takes none
   * @param reason for people, where it takes none
   */
  record Offer(String node, int room, String reason) implements ToSweep {}

  /**
   * How far an agent is.
   *
   * @param state running, finished, stopped or failed
   * @param step learner updates done
   * @param details what else is worth a look; after a failure, what went wrong
   * @param device that it was placed on; empty if it names one itself
   */
  record Told(String node, String key, String state, long step, String details, String device)
      implements ToSweep {}
}
