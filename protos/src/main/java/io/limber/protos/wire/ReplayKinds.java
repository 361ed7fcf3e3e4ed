package io.limber.protos.wire;

import io.limber.protos.v1.WireReplayClose;
import io.limber.protos.v1.WireReplayFrame;
import io.limber.protos.v1.WireReplayLeaving;
import io.limber.protos.v1.WireReplayOpen;
import io.limber.protos.v1.WireReplayReady;
import io.limber.protos.v1.WireReplayReceived;
import io.limber.protos.v1.WireReplayUnable;

/** Between a run and the node that keeps its replay. */
final class ReplayKinds {

  private ReplayKinds() {}

  static void addTo(WireKinds kinds) {
    kinds.add(
        "replay-open",
        ToReplayNode.Open.class,
        ReplayCodec::open,
        WireReplayOpen.parser(),
        ReplayCodec::open);
    kinds.add(
        "replay-close",
        ToReplayNode.Close.class,
        m -> WireReplayClose.newBuilder().setRun(m.run()).build(),
        WireReplayClose.parser(),
        p -> new ToReplayNode.Close(p.getRun()));
    kinds.add(
        "replay-ready",
        ToReplayRun.Ready.class,
        m ->
            WireReplayReady.newBuilder()
                .setNode(m.node())
                .setIncarnation(m.incarnation())
                .setLink(m.link())
                .setInserted(m.inserted())
                .build(),
        WireReplayReady.parser(),
        p -> new ToReplayRun.Ready(p.getNode(), p.getIncarnation(), p.getLink(), p.getInserted()));
    kinds.add(
        "replay-unable",
        ToReplayRun.Unable.class,
        m ->
            WireReplayUnable.newBuilder()
                .setNode(m.node())
                .setIncarnation(m.incarnation())
                .setReason(m.reason())
                .build(),
        WireReplayUnable.parser(),
        p -> new ToReplayRun.Unable(p.getNode(), p.getIncarnation(), p.getReason()));
    kinds.add(
        "replay-leaving",
        ToReplayRun.Leaving.class,
        m ->
            WireReplayLeaving.newBuilder()
                .setNode(m.node())
                .setIncarnation(m.incarnation())
                .build(),
        WireReplayLeaving.parser(),
        p -> new ToReplayRun.Leaving(p.getNode(), p.getIncarnation()));
    kinds.add(
        "replay-frame",
        OnReplayLink.Frame.class,
        ReplayCodec::frame,
        WireReplayFrame.parser(),
        ReplayCodec::frame);
    kinds.add(
        "replay-received",
        OnReplayLink.Received.class,
        m ->
            WireReplayReceived.newBuilder()
                .setIncarnation(m.incarnation())
                .setReceived(m.received())
                .setResend(m.resend())
                .build(),
        WireReplayReceived.parser(),
        p -> new OnReplayLink.Received(p.getIncarnation(), p.getReceived(), p.getResend()));
  }
}
