package io.limber.actors.remote;

/**
 * What nodes must be told of a run whose environments they host.
 *
 * @param run unique for each start of a run
 * @param config effective configuration as HOCON
 * @param fingerprint of the program and the data set
 * @param settings what goes between nodes
 */
public record RemoteRun(String run, String config, String fingerprint, ClusterSettings settings) {

  /** Whether the replay table is on a node, too. */
  public boolean keepsReplayElsewhere() {
    return settings.replay() == ReplayPlace.REMOTE;
  }
}
