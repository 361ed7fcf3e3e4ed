package io.limber.protos;

import io.limber.core.agent.ParameterSnapshot;
import io.limber.protos.v1.ParameterSnapshotHeader;
import java.nio.ByteBuffer;

/**
 * A snapshot on its way to another node: a header, then chunks well below the transport's frame,
 * each made when it is asked for. Any thread.
 */
public final class OutgoingSnapshot implements Outgoing {

  private final long step;
  private final SnapshotChunks chunks;

  public OutgoingSnapshot(ParameterSnapshot snapshot) {
    step = snapshot.step();
    chunks = new SnapshotChunks(snapshot, SnapshotChunks.CHUNK_BYTES);
  }

  public long step() {
    return step;
  }

  /** An encoded {@code limber.v1.ParameterSnapshotHeader}. */
  @Override
  public ByteBuffer header() {
    return headerMessage().toByteString().asReadOnlyByteBuffer();
  }

  ParameterSnapshotHeader headerMessage() {
    return chunks.header();
  }

  /** How many chunks there are. */
  @Override
  public int count() {
    return chunks.count();
  }

  /**
   * An encoded {@code limber.v1.ParameterSnapshotChunk}.
   *
   * @param index in [0, {@link #count})
   */
  @Override
  public ByteBuffer chunk(int index) {
    return chunks.chunk(index).toByteString().asReadOnlyByteBuffer();
  }
}
