package io.limber.protos.wire;

import com.google.protobuf.UnsafeByteOperations;
import io.limber.protos.StatePiece;
import io.limber.protos.v1.WireFetchState;
import io.limber.protos.v1.WireSaveState;
import io.limber.protos.v1.WireStatePart;

/** Messages about environments' states as {@code limber.v1}, both ways. */
final class StateMessages {

  private StateMessages() {}

  static WireFetchState proto(ToInlet.FetchState message) {
    return WireFetchState.newBuilder()
        .setEpoch(message.epoch())
        .setUplink(message.uplink())
        .setFrom(message.from())
        .setTo(message.to())
        .build();
  }

  static ToInlet.FetchState message(WireFetchState proto) {
    return new ToInlet.FetchState(
        proto.getEpoch(), proto.getUplink(), proto.getFrom(), proto.getTo());
  }

  static WireSaveState proto(ToUplink.SaveState message) {
    return WireSaveState.newBuilder()
        .setEpoch(message.epoch())
        .setQuestion(message.question())
        .setFrom(message.from())
        .setTo(message.to())
        .build();
  }

  static ToUplink.SaveState message(WireSaveState proto) {
    return new ToUplink.SaveState(
        proto.getEpoch(), proto.getQuestion(), proto.getFrom(), proto.getTo());
  }

  static WireStatePart proto(long epoch, long question, StatePiece piece) {
    return WireStatePart.newBuilder()
        .setEpoch(epoch)
        .setQuestion(question)
        .setIndex(piece.index())
        .setCount(piece.count())
        .setCrc32C(piece.crc())
        .setData(UnsafeByteOperations.unsafeWrap(piece.data())) // nobody changes it
        .build();
  }

  static StatePiece piece(WireStatePart proto) {
    return new StatePiece(
        proto.getIndex(),
        proto.getCount(),
        proto.getCrc32C(),
        proto.getData().asReadOnlyByteBuffer());
  }
}
