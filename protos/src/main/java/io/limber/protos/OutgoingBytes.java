package io.limber.protos;

import com.google.protobuf.UnsafeByteOperations;
import io.limber.protos.v1.BytesChunk;
import io.limber.protos.v1.BytesHeader;
import java.nio.ByteBuffer;

/** Bytes of any kind on their way to another node. Any thread. */
public final class OutgoingBytes implements Outgoing {

  private final ByteBuffer bytes;

  /**
   * @param bytes not changed by anyone from now on
   */
  public OutgoingBytes(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** An encoded {@code limber.v1.BytesHeader}. */
  @Override
  public ByteBuffer header() {
    return headerMessage().toByteString().asReadOnlyByteBuffer();
  }

  BytesHeader headerMessage() {
    return BytesHeader.newBuilder()
        .setTotalBytes(bytes.capacity())
        .setChunkBytes(SnapshotChunks.CHUNK_BYTES)
        .build();
  }

  @Override
  public int count() {
    return SnapshotChunks.count(bytes.capacity(), SnapshotChunks.CHUNK_BYTES);
  }

  /** An encoded {@code limber.v1.BytesChunk}. */
  @Override
  public ByteBuffer chunk(int index) {
    int start = index * SnapshotChunks.CHUNK_BYTES;
    ByteBuffer data =
        bytes.slice(start, Math.min(SnapshotChunks.CHUNK_BYTES, bytes.capacity() - start));
    return BytesChunk.newBuilder()
        .setIndex(index)
        .setCrc32C(Checksum.of(data.duplicate()))
        .setData(UnsafeByteOperations.unsafeWrap(data)) // nobody changes it
        .build()
        .toByteString()
        .asReadOnlyByteBuffer();
  }
}
