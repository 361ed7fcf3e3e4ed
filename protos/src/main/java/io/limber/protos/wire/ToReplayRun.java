package io.limber.protos.wire;

/** What a node that keeps a run's replay table tells the run. */
public sealed interface ToReplayRun extends WireMessage {

  /** Reference of the node, as the run found it. */
  String node();

  /** As in {@link ToReplayNode.Open}. */
  long incarnation();

  /**
   * The table is there.
   *
   * @param link reference that takes {@link OnReplayLink}
   * @param inserted transitions inserted so far
   */
  record Ready(String node, long incarnation, String link, long inserted) implements ToReplayRun {}

  /**
   * The table cannot be kept there, or not any longer.
   *
   * @param reason for people
   */
  record Unable(String node, long incarnation, String reason) implements ToReplayRun {}

  /** The node is about to leave: have the table handed over and close it. Told until it is. */
  record Leaving(String node, long incarnation) implements ToReplayRun {}
}
