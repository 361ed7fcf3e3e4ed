package io.limber.protos.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import io.limber.protos.MalformedDataException;
import io.limber.protos.v1.WireAnnounce;
import io.limber.protos.v1.WireAsk;
import io.limber.protos.v1.WireBlocks;
import io.limber.protos.v1.WireFetchState;
import io.limber.protos.v1.WireHire;
import io.limber.protos.v1.WireHost;
import io.limber.protos.v1.WireHosting;
import io.limber.protos.v1.WireLost;
import io.limber.protos.v1.WireOffer;
import io.limber.protos.v1.WirePlace;
import io.limber.protos.v1.WireProbing;
import io.limber.protos.v1.WireProgress;
import io.limber.protos.v1.WireRefused;
import io.limber.protos.v1.WireRelease;
import io.limber.protos.v1.WireReplayClose;
import io.limber.protos.v1.WireReplayFrame;
import io.limber.protos.v1.WireReplayOpen;
import io.limber.protos.v1.WireReplayReady;
import io.limber.protos.v1.WireReplayReceived;
import io.limber.protos.v1.WireReplayUnable;
import io.limber.protos.v1.WireSaveState;
import io.limber.protos.v1.WireSeated;
import io.limber.protos.v1.WireSnapshotCredit;
import io.limber.protos.v1.WireSnapshotPart;
import io.limber.protos.v1.WireSnapshotStart;
import io.limber.protos.v1.WireStatePart;
import io.limber.protos.v1.WireStop;
import io.limber.protos.v1.WireTold;
import io.limber.protos.v1.WireTrain;
import io.limber.protos.v1.WireUnmeasured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Wire messages as {@code limber.v1}. A manifest of one word tells the decoder what it gets; it is
 * part of the format and never changes its meaning.
 */
public final class WireCodec {

  /** One kind of message: its manifest, and both ways. */
  private record Kind<M extends WireMessage, P extends MessageLite>(
      String manifest,
      Class<M> type,
      Encoder<M, P> encoder,
      Parser<P> parser,
      Decoder<P, M> decoder) {

    byte[] encode(WireMessage message) {
      return encoder.encode(type.cast(message)).toByteArray();
    }

    void encode(WireMessage message, ByteBuffer into) {
      CodedOutputStream out = CodedOutputStream.newInstance(into);
      try {
        encoder.encode(type.cast(message)).writeTo(out);
        out.flush();
      } catch (CodedOutputStream.OutOfSpaceException e) {
        throw (BufferOverflowException) new BufferOverflowException().initCause(e);
      } catch (IOException e) {
        throw new UncheckedIOException(e); // a buffer has no other
      }
    }

    M decode(byte[] bytes) throws IOException {
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      in.enableAliasing(true); // the bytes are ours: blocks and chunks need no copy of their own
      P proto = parser.parseFrom(in);
      in.checkLastTagWas(0);
      return decoder.decode(proto);
    }
  }

  private interface Encoder<M, P> {
    P encode(M message);
  }

  private interface Decoder<P, M> {
    M decode(P proto) throws MalformedDataException;
  }

  private static final Map<String, Kind<?, ?>> BY_MANIFEST = new LinkedHashMap<>();
  private static final Map<Class<?>, Kind<?, ?>> BY_TYPE = new LinkedHashMap<>();

  static {
    nodes();
    experience();
    states();
    snapshots();
    sweeps();
    probing();
    replay();
  }

  private WireCodec() {}

  /** Names the kind of a message. */
  public static String manifest(WireMessage message) {
    return kind(message).manifest();
  }

  public static byte[] encode(WireMessage message) {
    return kind(message).encode(message);
  }

  /**
   * Writes a message at the buffer's position, which ends after it.
   *
   * @throws BufferOverflowException if it has too little room
   */
  public static void encode(WireMessage message, ByteBuffer into) {
    kind(message).encode(message, into);
  }

  /**
   * Reads what {@link #encode(WireMessage)} wrote. Allocates about twice the length of {@code
   * bytes} at most.
   *
   * @param bytes not changed by anyone from now on: blocks and chunks are views of them
   * @throws MalformedDataException if the manifest is unknown or the bytes are no such message
   */
  public static WireMessage decode(String manifest, byte[] bytes) throws MalformedDataException {
    Kind<?, ?> kind = BY_MANIFEST.get(manifest);
    if (kind == null) {
      throw new MalformedDataException("no kind of message is called " + manifest);
    }
    try {
      return kind.decode(bytes);
    } catch (IOException e) {
      throw new MalformedDataException("no message " + manifest + ": " + e.getMessage(), e);
    }
  }

  private static Kind<?, ?> kind(WireMessage message) {
    return BY_TYPE.get(message.getClass());
  }

  private static <M extends WireMessage, P extends MessageLite> void add(
      String manifest,
      Class<M> type,
      Encoder<M, P> encoder,
      Parser<P> parser,
      Decoder<P, M> decoder) {
    Kind<M, P> kind = new Kind<>(manifest, type, encoder, parser, decoder);
    BY_MANIFEST.put(manifest, kind);
    BY_TYPE.put(type, kind);
  }

  private static void nodes() {
    add("host", ToNode.Host.class, WireCodec::host, WireHost.parser(), WireCodec::host);
    add(
        "release",
        ToNode.Release.class,
        m -> WireRelease.newBuilder().setRun(m.run()).build(),
        WireRelease.parser(),
        p -> new ToNode.Release(p.getRun()));
    add(
        "hosting",
        ToRun.Hosting.class,
        m ->
            WireHosting.newBuilder()
                .setRun(m.run())
                .setNode(m.node())
                .setVersion(m.version())
                .setReceiver(m.receiver())
                .build(),
        WireHosting.parser(),
        p -> new ToRun.Hosting(p.getRun(), p.getNode(), p.getVersion(), p.getReceiver()));
    add(
        "refused",
        ToRun.Refused.class,
        m ->
            WireRefused.newBuilder()
                .setRun(m.run())
                .setNode(m.node())
                .setReason(m.reason())
                .build(),
        WireRefused.parser(),
        p -> new ToRun.Refused(p.getRun(), p.getNode(), p.getReason()));
    add(
        "lost",
        ToRun.Lost.class,
        m ->
            WireLost.newBuilder()
                .setRun(m.run())
                .setNode(m.node())
                .setEnvironment(m.environment())
                .setPlacement(m.placement())
                .build(),
        WireLost.parser(),
        p -> new ToRun.Lost(p.getRun(), p.getNode(), p.getEnvironment(), p.getPlacement()));
  }

  private static WireHost host(ToNode.Host message) {
    WireHost.Builder proto =
        WireHost.newBuilder()
            .setRun(message.run())
            .setVersion(message.version())
            .setConfig(message.config())
            .setFingerprint(message.fingerprint())
            .setOwner(message.owner())
            .setReplies(message.replies())
            .setReports(message.reports());
    message
        .places()
        .forEach(
            place ->
                proto.addPlaces(
                    WirePlace.newBuilder()
                        .setEnvironment(place.environment())
                        .setPlacement(place.placement())
                        .setSteps(place.steps())
                        .setInlet(place.inlet())
                        .setSaved(place.saved())));
    return proto.build();
  }

  private static ToNode.Host host(WireHost proto) {
    return new ToNode.Host(
        proto.getRun(),
        proto.getVersion(),
        proto.getConfig(),
        proto.getFingerprint(),
        proto.getOwner(),
        proto.getReplies(),
        proto.getReports(),
        proto.getPlacesList().stream()
            .map(
                p ->
                    new ToNode.Place(
                        p.getEnvironment(),
                        p.getPlacement(),
                        p.getSteps(),
                        p.getInlet(),
                        p.getSaved()))
            .toList());
  }

  private static void experience() {
    add(
        "announce",
        ToInlet.Announce.class,
        m -> WireAnnounce.newBuilder().setEpoch(m.epoch()).setUplink(m.uplink()).build(),
        WireAnnounce.parser(),
        p -> new ToInlet.Announce(p.getEpoch(), p.getUplink()));
    add(
        "blocks",
        ToInlet.Blocks.class,
        m ->
            WireBlocks.newBuilder()
                .setEpoch(m.epoch())
                .setSequence(m.sequence())
                .addAllBlocks(m.blocks().stream().map(WireCodec::wrap).toList())
                .build(),
        WireBlocks.parser(),
        p ->
            new ToInlet.Blocks(
                p.getEpoch(),
                p.getSequence(),
                p.getBlocksList().stream().map(WireCodec::view).toList()));
    add(
        "ask",
        ToInlet.Ask.class,
        m -> WireAsk.newBuilder().setEpoch(m.epoch()).build(),
        WireAsk.parser(),
        p -> new ToInlet.Ask(p.getEpoch()));
    add(
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

  private static void states() {
    add(
        "fetch-state",
        ToInlet.FetchState.class,
        StateMessages::proto,
        WireFetchState.parser(),
        StateMessages::message);
    add(
        "save-state",
        ToUplink.SaveState.class,
        StateMessages::proto,
        WireSaveState.parser(),
        StateMessages::message);
    add(
        "state-for-uplink",
        ToUplink.StatePart.class,
        m -> StateMessages.proto(m.epoch(), 0, m.piece()),
        WireStatePart.parser(),
        p -> new ToUplink.StatePart(p.getEpoch(), StateMessages.piece(p)));
    add(
        "state-for-inlet",
        ToInlet.StatePart.class,
        m -> StateMessages.proto(m.epoch(), m.question(), m.piece()),
        WireStatePart.parser(),
        p -> new ToInlet.StatePart(p.getEpoch(), p.getQuestion(), StateMessages.piece(p)));
  }

  private static void snapshots() {
    add(
        "snapshot-start",
        ToReceiver.SnapshotStart.class,
        m ->
            WireSnapshotStart.newBuilder()
                .setTransfer(m.transfer())
                .setSender(m.sender())
                .setHeader(wrap(m.header()))
                .build(),
        WireSnapshotStart.parser(),
        p -> new ToReceiver.SnapshotStart(p.getTransfer(), p.getSender(), view(p.getHeader())));
    add(
        "snapshot-part",
        ToReceiver.SnapshotPart.class,
        m ->
            WireSnapshotPart.newBuilder()
                .setTransfer(m.transfer())
                .setIndex(m.index())
                .setChunk(wrap(m.chunk()))
                .build(),
        WireSnapshotPart.parser(),
        p -> new ToReceiver.SnapshotPart(p.getTransfer(), p.getIndex(), view(p.getChunk())));
    add(
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

  private static void sweeps() {
    add(
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
    add(
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
    add(
        "stop",
        ToAgentNode.Stop.class,
        m -> WireStop.newBuilder().setSweep(m.sweep()).build(),
        WireStop.parser(),
        p -> new ToAgentNode.Stop(p.getSweep()));
    add(
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
    add(
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

  private static void probing() {
    add(
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
    add(
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
    add(
        "unmeasured",
        ToOrderer.Unmeasured.class,
        m -> WireUnmeasured.newBuilder().setId(m.id()).setReason(m.reason()).build(),
        WireUnmeasured.parser(),
        p -> new ToOrderer.Unmeasured(p.getId(), p.getReason()));
  }

  private static void replay() {
    add(
        "replay-open",
        ToReplayNode.Open.class,
        ReplayCodec::open,
        WireReplayOpen.parser(),
        ReplayCodec::open);
    add(
        "replay-close",
        ToReplayNode.Close.class,
        m -> WireReplayClose.newBuilder().setRun(m.run()).build(),
        WireReplayClose.parser(),
        p -> new ToReplayNode.Close(p.getRun()));
    add(
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
    add(
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
    add(
        "replay-frame",
        OnReplayLink.Frame.class,
        ReplayCodec::frame,
        WireReplayFrame.parser(),
        ReplayCodec::frame);
    add(
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

  private static ByteString wrap(ByteBuffer bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes); // nobody changes it: it is read-only
  }

  private static ByteBuffer view(ByteString bytes) {
    return bytes.asReadOnlyByteBuffer();
  }
}
