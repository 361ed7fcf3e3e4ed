package io.limber.actors.remote;

/** Where the replay table of a run with nodes is. */
public enum ReplayPlace {
  /** In the run's own process. */
  LOCAL,
  /** On a node with the role {@code replay}. */
  REMOTE
}
