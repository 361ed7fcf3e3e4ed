package io.limber.protos.wire;

/** What a sweep tells a node that trains agents. */
public sealed interface ToAgentNode extends WireMessage {

  /** Unique for each start of a sweep. */
  String sweep();

  /**
   * Work for this sweep from now on; answered with {@link ToSweep.Offer}.
   *
   * @param folder absolute path of the agents' folders, the same on every node
   * @param version of the sweep's program; a node of another one refuses
   * @param agentBytes what the greatest agent takes of memory
   * @param owner reference that ends with the sweep
   * @param replies reference that takes {@link ToSweep}
   */
  record Hire(
      String sweep, String folder, String version, long agentBytes, String owner, String replies)
      implements ToAgentNode {}

  /**
   * Train an agent to its end.
   *
   * @param key names it, and its folder
   * @param config effective configuration as HOCON
   */
  record Train(String sweep, String key, String config) implements ToAgentNode {}

  /** Bring all agents of the sweep to a clean end. */
  record Stop(String sweep) implements ToAgentNode {}
}
