package io.limber.protos.wire;

import io.limber.protos.v1.WireSnapshotCredit;
import io.limber.protos.v1.WireSnapshotPart;
import io.limber.protos.v1.WireSnapshotStart;

/** Parameters and whatever else is large, in pieces with credit. */
final class SnapshotKinds {

  private SnapshotKinds() {}

  static void addTo(WireKinds kinds) {
    kinds.add(
        "snapshot-start",
        ToReceiver.SnapshotStart.class,
        m ->
            WireSnapshotStart.newBuilder()
                .setTransfer(m.transfer())
                .setSender(m.sender())
                .setHeader(WireBytes.wrap(m.header()))
                .build(),
        WireSnapshotStart.parser(),
        p ->
            new ToReceiver.SnapshotStart(
                p.getTransfer(), p.getSender(), WireBytes.view(p.getHeader())));
    kinds.add(
        "snapshot-part",
        ToReceiver.SnapshotPart.class,
        m ->
            WireSnapshotPart.newBuilder()
                .setTransfer(m.transfer())
                .setIndex(m.index())
                .setChunk(WireBytes.wrap(m.chunk()))
                .build(),
        WireSnapshotPart.parser(),
        p ->
            new ToReceiver.SnapshotPart(
                p.getTransfer(), p.getIndex(), WireBytes.view(p.getChunk())));
    kinds.add(
        "snapshot-credit",
        ToSender.SnapshotCredit.class,
        m ->
            WireSnapshotCredit.newBuilder()
                .setTransfer(m.transfer())
                .setReceived(m.received())
                .build(),
        WireSnapshotCredit.parser(),
        p -> new ToSender.SnapshotCredit(p.getTransfer(), p.getReceived()));
  }
}
