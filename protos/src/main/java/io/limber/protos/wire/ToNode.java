package io.limber.protos.wire;

import java.util.List;

/** What a run tells a node. */
public sealed interface ToNode extends WireMessage {

  /**
   * Host exactly these environment actors of a run; what is hosted of it beyond them stops.
   *
   * @param run unique for each start of a run
   * @param version grows with each change of the wish; an older wish is ignored
   * @param config effective configuration as HOCON
   * @param fingerprint of the program and the data set; a node that computes another one refuses
   * @param owner reference that ends with the run
   * @param replies reference that takes {@link ToRun}
   * @param reports reference that takes measurements
   */
  record Host(
      String run,
      long version,
      String config,
      String fingerprint,
      String owner,
      String replies,
      String reports,
      List<Place> places)
      implements ToNode {

    public Host {
      places = List.copyOf(places);
    }
  }

  /**
   * One environment actor at one node.
   *
   * @param environment name of the actor, for instance {@code environment-3}
   * @param placement counts the actor's placements from 1: what comes of an earlier one is ignored
   * @param steps environment steps that earlier placements have contributed
   * @param inlet reference that takes the actor's transitions, see {@link ToInlet}
   * @param saved the inlet has a state that the actor goes on from, to be asked for by {@link
   *     ToInlet.FetchState}
   */
  record Place(String environment, int placement, long steps, String inlet, boolean saved) {}

  /** The run is over. */
  record Release(String run) implements ToNode {}
}
