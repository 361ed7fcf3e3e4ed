package io.limber.protos;

import com.google.protobuf.InvalidProtocolBufferException;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.protos.v1.ParameterSnapshotChunk;
import io.limber.protos.v1.ParameterSnapshotHeader;
import java.nio.ByteBuffer;

/** A snapshot on its way from another node, as {@link OutgoingSnapshot} sent it. One owner. */
public final class IncomingSnapshot implements Incoming {

  private final SnapshotAssembler assembler;
  private int received;

  /**
   * @param limitBytes the most that the parameters may take; checked before they are allocated
   * @throws MalformedDataException if that is no header, or of a snapshot beyond the limit
   */
  public IncomingSnapshot(ByteBuffer header, long limitBytes) throws MalformedDataException {
    try {
      assembler =
          new SnapshotAssembler(ParameterSnapshotHeader.parseFrom(header.duplicate()), limitBytes);
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedDataException("no header of a snapshot: " + e.getMessage(), e);
    }
  }

  IncomingSnapshot(ParameterSnapshotHeader header, long limitBytes) throws MalformedDataException {
    assembler = new SnapshotAssembler(header, limitBytes);
  }

  /**
   * Takes the next chunk.
   *
   * @throws MalformedDataException if it is not the next one, or altered; nothing was taken
   */
  @Override
  public void add(ByteBuffer chunk) throws MalformedDataException {
    if (complete()) {
      throw new MalformedDataException("a chunk follows the last one");
    }
    try {
      assembler.add(ParameterSnapshotChunk.parseFrom(chunk.duplicate()));
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedDataException("no chunk of a snapshot: " + e.getMessage(), e);
    }
    received++;
  }

  /** Chunks taken so far. */
  @Override
  public int received() {
    return received;
  }

  @Override
  public boolean complete() {
    return received == assembler.chunks();
  }

  /**
   * The snapshot.
   *
   * @throws IllegalStateException if it is not {@link #complete}
   */
  public ParameterSnapshot finish() {
    return assembler.finish();
  }
}
