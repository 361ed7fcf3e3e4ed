package io.limber.actors.remote;

/** Reads what a run's replay table needs from the run's configuration; tests put fakes here. */
@FunctionalInterface
public interface ReplayOpener {

  /**
   * Reads it; may block.
   *
   * @param run unique for each start of a run
   * @param config effective configuration of the run as HOCON
   * @param fingerprint of the run's program
   * @throws UnhostableRunException if this node is of another program, or refuses the configuration
   */
  HostedReplay open(String run, String config, String fingerprint);
}
