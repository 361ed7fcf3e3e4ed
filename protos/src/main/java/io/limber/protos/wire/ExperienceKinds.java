package io.limber.protos.wire;

import io.limber.protos.EncodedTransitions;
import io.limber.protos.MalformedDataException;
import io.limber.protos.v1.WireAnnounce;
import io.limber.protos.v1.WireAsk;
import io.limber.protos.v1.WireBlocks;
import io.limber.protos.v1.WireFetchState;
import io.limber.protos.v1.WireProgress;
import io.limber.protos.v1.WireSaveState;
import io.limber.protos.v1.WireStatePart;

/** Between an environment on a node and the run: transitions, and the environment's state. */
final class ExperienceKinds {

  private ExperienceKinds() {}

  static void addTo(WireKinds kinds) {
    experience(kinds);
    states(kinds);
  }

  private static void experience(WireKinds kinds) {
    kinds.add(
        "announce",
        ToInlet.Announce.class,
        m -> WireAnnounce.newBuilder().setEpoch(m.epoch()).setUplink(m.uplink()).build(),
        WireAnnounce.parser(),
        p -> new ToInlet.Announce(p.getEpoch(), p.getUplink()));
    kinds.add(
        "blocks",
        ToInlet.Blocks.class,
        m ->
            WireBlocks.newBuilder()
                .setEpoch(m.epoch())
                .setSequence(m.sequence())
                .addAllBlocks(m.blocks().stream().map(EncodedTransitions::bytes).toList())
                .build(),
        WireBlocks.parser(),
        ExperienceKinds::blocks);
    kinds.add(
        "ask",
        ToInlet.Ask.class,
        m -> WireAsk.newBuilder().setEpoch(m.epoch()).build(),
        WireAsk.parser(),
        p -> new ToInlet.Ask(p.getEpoch()));
    kinds.add(
        "progress",
        ToUplink.Progress.class,
        m ->
            WireProgress.newBuilder()
                .setEpoch(m.epoch())
                .setExpected(m.expected())
                .setConfirmed(m.confirmed())
                .setInserted(m.inserted())
                .setSampled(m.sampled())
                .setResend(m.resend())
                .build(),
        WireProgress.parser(),
        p ->
            new ToUplink.Progress(
                p.getEpoch(),
                p.getExpected(),
                p.getConfirmed(),
                p.getInserted(),
                p.getSampled(),
                p.getResend()));
  }

  private static ToInlet.Blocks blocks(WireBlocks proto) throws MalformedDataException {
    if (proto.getBlocksCount() > ToInlet.Blocks.MOST) {
      throw new MalformedDataException(
          "%d blocks in a message, %d at most are taken"
              .formatted(proto.getBlocksCount(), ToInlet.Blocks.MOST));
    }
    return new ToInlet.Blocks(
        proto.getEpoch(),
        proto.getSequence(),
        proto.getBlocksList().stream().map(EncodedTransitions::new).toList());
  }

  private static void states(WireKinds kinds) {
    kinds.add(
        "fetch-state",
        ToInlet.FetchState.class,
        StateMessages::proto,
        WireFetchState.parser(),
        StateMessages::message);
    kinds.add(
        "save-state",
        ToUplink.SaveState.class,
        StateMessages::proto,
        WireSaveState.parser(),
        StateMessages::message);
    kinds.add(
        "state-for-uplink",
        ToUplink.StatePart.class,
        m -> StateMessages.proto(m.epoch(), 0, m.piece()),
        WireStatePart.parser(),
        p -> new ToUplink.StatePart(p.getEpoch(), StateMessages.piece(p)));
    kinds.add(
        "state-for-inlet",
        ToInlet.StatePart.class,
        m -> StateMessages.proto(m.epoch(), m.question(), m.piece()),
        WireStatePart.parser(),
        p -> new ToInlet.StatePart(p.getEpoch(), p.getQuestion(), StateMessages.piece(p)));
  }
}
