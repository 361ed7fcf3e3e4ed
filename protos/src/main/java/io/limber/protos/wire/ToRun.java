package io.limber.protos.wire;

import java.util.List;

/** What a node tells a run. */
public sealed interface ToRun extends WireMessage {

  String run();

  /** Reference of the node, as the run knows it. */
  String node();

  /**
   * The wish of that version is fulfilled.
   *
   * @param receiver reference that takes parameter snapshots, see {@link ToReceiver}
   */
  record Hosting(String run, String node, long version, String receiver) implements ToRun {}

  /**
   * The node cannot host the run.
   *
   * @param reason for people
   */
  record Refused(String run, String node, String reason) implements ToRun {}

  /**
   * It measures for the run.
   *
   * @param version of the wish
   * @param host reference that ends with the seats
   * @param seats references that take orders, see {@link ToReceiver}; one order at a time each
   */
  record Seated(String run, String node, long version, String host, List<String> seats)
      implements ToRun {

    public Seated {
      seats = List.copyOf(seats);
    }
  }

  /** An environment actor was given up. */
  record Lost(String run, String node, String environment, int placement) implements ToRun {}
}
