package io.limber.protos.wire;

import io.limber.protos.v1.WireHire;
import io.limber.protos.v1.WireOffer;
import io.limber.protos.v1.WireStop;
import io.limber.protos.v1.WireTold;
import io.limber.protos.v1.WireTrain;

/** Between a sweep and the nodes that train its agents. */
final class SweepKinds {

  private SweepKinds() {}

  static void addTo(WireKinds kinds) {
    kinds.add(
        "hire",
        ToAgentNode.Hire.class,
        m ->
            WireHire.newBuilder()
                .setSweep(m.sweep())
                .setFolder(m.folder())
                .setVersion(m.version())
                .setAgentBytes(m.agentBytes())
                .setOwner(m.owner())
                .setReplies(m.replies())
                .build(),
        WireHire.parser(),
        p ->
            new ToAgentNode.Hire(
                p.getSweep(),
                p.getFolder(),
                p.getVersion(),
                p.getAgentBytes(),
                p.getOwner(),
                p.getReplies()));
    kinds.add(
        "train",
        ToAgentNode.Train.class,
        m ->
            WireTrain.newBuilder()
                .setSweep(m.sweep())
                .setKey(m.key())
                .setConfig(m.config())
                .build(),
        WireTrain.parser(),
        p -> new ToAgentNode.Train(p.getSweep(), p.getKey(), p.getConfig()));
    kinds.add(
        "stop",
        ToAgentNode.Stop.class,
        m -> WireStop.newBuilder().setSweep(m.sweep()).build(),
        WireStop.parser(),
        p -> new ToAgentNode.Stop(p.getSweep()));
    kinds.add(
        "offer",
        ToSweep.Offer.class,
        m ->
            WireOffer.newBuilder()
                .setNode(m.node())
                .setRoom(m.room())
                .setReason(m.reason())
                .build(),
        WireOffer.parser(),
        p -> new ToSweep.Offer(p.getNode(), p.getRoom(), p.getReason()));
    kinds.add(
        "told",
        ToSweep.Told.class,
        m ->
            WireTold.newBuilder()
                .setNode(m.node())
                .setKey(m.key())
                .setState(m.state())
                .setStep(m.step())
                .setDetails(m.details())
                .setDevice(m.device())
                .build(),
        WireTold.parser(),
        p ->
            new ToSweep.Told(
                p.getNode(), p.getKey(), p.getState(), p.getStep(), p.getDetails(), p.getDevice()));
  }
}
