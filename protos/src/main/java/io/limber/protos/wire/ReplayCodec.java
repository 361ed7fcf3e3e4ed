package io.limber.protos.wire;

import io.limber.protos.EncodedTransitions;
import io.limber.protos.MalformedDataException;
import io.limber.protos.v1.WireReplayDraw;
import io.limber.protos.v1.WireReplayDrawn;
import io.limber.protos.v1.WireReplayFrame;
import io.limber.protos.v1.WireReplayInsert;
import io.limber.protos.v1.WireReplayOpen;
import io.limber.protos.v1.WireReplayPeek;
import io.limber.protos.v1.WireReplayRowsWritten;
import io.limber.protos.v1.WireReplaySave;
import io.limber.protos.v1.WireReplaySaved;
import io.limber.protos.v1.WireReplayStored;

/** The larger messages between a run and the node with its replay table, for {@link WireCodec}. */
final class ReplayCodec {

  private ReplayCodec() {}

  static WireReplayOpen open(ToReplayNode.Open m) {
    return WireReplayOpen.newBuilder()
        .setRun(m.run())
        .setIncarnation(m.incarnation())
        .setConfig(m.config())
        .setFingerprint(m.fingerprint())
        .setObservationBytes(m.observationBytes())
        .setFolder(m.folder())
        .setState(WireBytes.wrap(m.state()))
        .addAllFiles(m.files())
        .setOwner(m.owner())
        .setReplies(m.replies())
        .setLink(m.link())
        .setReports(m.reports())
        .build();
  }

  static ToReplayNode.Open open(WireReplayOpen p) {
    return new ToReplayNode.Open(
        p.getRun(),
        p.getIncarnation(),
        p.getConfig(),
        p.getFingerprint(),
        p.getObservationBytes(),
        p.getFolder(),
        WireBytes.view(p.getState()),
        p.getFilesList(),
        p.getOwner(),
        p.getReplies(),
        p.getLink(),
        p.getReports());
  }

  static WireReplayFrame frame(OnReplayLink.Frame m) {
    WireReplayFrame.Builder frame =
        WireReplayFrame.newBuilder()
            .setIncarnation(m.incarnation())
            .setSequence(m.sequence())
            .setReceived(m.received());
    if (m.content() instanceof ReplayContent.Asked asked) {
      put(asked, frame);
    } else {
      put((ReplayContent.Answered) m.content(), frame);
    }
    return frame.build();
  }

  private static void put(ReplayContent.Asked content, WireReplayFrame.Builder into) {
    if (content instanceof ReplayContent.Insert m) {
      into.setInsert(WireReplayInsert.newBuilder().setBlock(m.block().bytes()));
    } else if (content instanceof ReplayContent.Draw) {
      into.setDraw(WireReplayDraw.getDefaultInstance());
    } else if (content instanceof ReplayContent.Peek m) {
      into.setPeek(WireReplayPeek.newBuilder().setId(m.id()).setRows(m.rows()).setSeed(m.seed()));
    } else if (content instanceof ReplayContent.Save m) {
      into.setSave(
          WireReplaySave.newBuilder().setStep(m.step()).setFrom(m.from()).setFolder(m.folder()));
    }
  }

  private static void put(ReplayContent.Answered content, WireReplayFrame.Builder into) {
    if (content instanceof ReplayContent.Stored m) {
      into.setStored(
          WireReplayStored.newBuilder().setInserted(m.inserted()).setSampled(m.sampled()));
    } else if (content instanceof ReplayContent.Drawn m) {
      into.setDrawn(
          WireReplayDrawn.newBuilder()
              .setPeek(m.peek())
              .setFirst(m.first())
              .setTotal(m.total())
              .setBlock(m.block().bytes()));
    } else if (content instanceof ReplayContent.Saved m) {
      into.setSaved(
          WireReplaySaved.newBuilder()
              .setStep(m.step())
              .setState(WireBytes.wrap(m.state()))
              .setInserted(m.inserted()));
    } else if (content instanceof ReplayContent.RowsWritten m) {
      into.setRowsWritten(
          WireReplayRowsWritten.newBuilder()
              .setStep(m.step())
              .setPath(m.path())
              .setBytes(m.bytes())
              .setSha256(m.sha256())
              .setFirst(m.first())
              .setEnd(m.end())
              .setFailure(m.failure()));
    }
  }

  static OnReplayLink.Frame frame(WireReplayFrame p) throws MalformedDataException {
    return new OnReplayLink.Frame(p.getIncarnation(), p.getSequence(), p.getReceived(), content(p));
  }

  private static ReplayContent content(WireReplayFrame p) throws MalformedDataException {
    return switch (p.getContentCase()) {
      case INSERT -> new ReplayContent.Insert(new EncodedTransitions(p.getInsert().getBlock()));
      case DRAW -> new ReplayContent.Draw();
      case PEEK ->
          new ReplayContent.Peek(p.getPeek().getId(), p.getPeek().getRows(), p.getPeek().getSeed());
      case SAVE ->
          new ReplayContent.Save(
              p.getSave().getStep(), p.getSave().getFrom(), p.getSave().getFolder());
      case STORED ->
          new ReplayContent.Stored(p.getStored().getInserted(), p.getStored().getSampled());
      case DRAWN -> drawn(p.getDrawn());
      case SAVED ->
          new ReplayContent.Saved(
              p.getSaved().getStep(),
              WireBytes.view(p.getSaved().getState()),
              p.getSaved().getInserted());
      case ROWS_WRITTEN -> rowsWritten(p.getRowsWritten());
      case CONTENT_NOT_SET ->
          throw new MalformedDataException("a frame without content, or of a newer kind");
    };
  }

  private static ReplayContent.Drawn drawn(WireReplayDrawn p) {
    return new ReplayContent.Drawn(
        p.getPeek(), p.getFirst(), p.getTotal(), new EncodedTransitions(p.getBlock()));
  }

  private static ReplayContent.RowsWritten rowsWritten(WireReplayRowsWritten p) {
    return new ReplayContent.RowsWritten(
        p.getStep(),
        p.getPath(),
        p.getBytes(),
        p.getSha256(),
        p.getFirst(),
        p.getEnd(),
        p.getFailure());
  }
}
