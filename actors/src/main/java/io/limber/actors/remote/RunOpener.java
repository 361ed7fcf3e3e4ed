package io.limber.actors.remote;

/** Makes what a run's parts need on a node; tests put fakes here. */
@FunctionalInterface
public interface RunOpener {

  /**
   * Loads and starts everything; called on the native dispatcher.
   *
   * @param run unique for each start of a run
   * @param config effective configuration of the run as HOCON
   * @param fingerprint of the run's program and data set
   * @throws UnhostableRunException if this node computes another fingerprint, or lacks something
   */
  HostedRun open(String run, String config, String fingerprint);
}
