package io.limber.protos.wire;

import io.limber.protos.v1.WireProbing;
import io.limber.protos.v1.WireSeated;
import io.limber.protos.v1.WireUnmeasured;

/** Between a run and the nodes that measure for it. */
final class ProbingKinds {

  private ProbingKinds() {}

  static void addTo(WireKinds kinds) {
    kinds.add(
        "seated",
        ToRun.Seated.class,
        m ->
            WireSeated.newBuilder()
                .setRun(m.run())
                .setNode(m.node())
                .setVersion(m.version())
                .setHost(m.host())
                .addAllSeats(m.seats())
                .build(),
        WireSeated.parser(),
        p ->
            new ToRun.Seated(
                p.getRun(), p.getNode(), p.getVersion(), p.getHost(), p.getSeatsList()));
    kinds.add(
        "probing",
        ToOrderer.Probing.class,
        m ->
            WireProbing.newBuilder()
                .setId(m.id())
                .setDone(m.done())
                .setWaiting(m.waiting())
                .build(),
        WireProbing.parser(),
        p -> new ToOrderer.Probing(p.getId(), p.getDone(), p.getWaiting()));
    kinds.add(
        "unmeasured",
        ToOrderer.Unmeasured.class,
        m -> WireUnmeasured.newBuilder().setId(m.id()).setReason(m.reason()).build(),
        WireUnmeasured.parser(),
        p -> new ToOrderer.Unmeasured(p.getId(), p.getReason()));
  }
}
