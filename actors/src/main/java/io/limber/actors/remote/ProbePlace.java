package io.limber.actors.remote;

/** Where the probes of a run with nodes are computed, {@code limber.cluster.probes}. */
public enum ProbePlace {
  /** On probe nodes while there are any, else in the run's process. */
  AUTO,
  /** In the run's process, whatever nodes there are. */
  LOCAL,
  /** On probe nodes; measurements wait for one. */
  REMOTE
}
