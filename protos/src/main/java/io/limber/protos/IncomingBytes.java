package io.limber.protos;

import com.google.protobuf.InvalidProtocolBufferException;
import io.limber.protos.v1.BytesChunk;
import io.limber.protos.v1.BytesHeader;
import java.nio.ByteBuffer;

/** Bytes on their way from another node, as {@link OutgoingBytes} sent them. One owner. */
public final class IncomingBytes implements Incoming {

  private final int chunkBytes;
  private final byte[] bytes;
  private int received;

  /**
   * @param limitBytes the most that they may be; checked before they are allocated
   * @throws MalformedDataException if that is no header, or of more than the limit
   */
  public IncomingBytes(ByteBuffer header, long limitBytes) throws MalformedDataException {
    this(parse(header), limitBytes);
  }

  IncomingBytes(BytesHeader header, long limitBytes) throws MalformedDataException {
    long total = header.getTotalBytes();
    chunkBytes = header.getChunkBytes();
    if (total < 0 || total > Math.min(limitBytes, Integer.MAX_VALUE)) {
      throw new MalformedDataException(
          "a header announces " + total + " bytes, where " + limitBytes + " can follow");
    }
    if (chunkBytes < 1 || chunkBytes > SnapshotAssembler.MAX_CHUNK_BYTES) {
      throw new MalformedDataException("a header announces chunks of " + chunkBytes + " bytes");
    }
    bytes = new byte[(int) total];
  }

  private static BytesHeader parse(ByteBuffer header) throws MalformedDataException {
    try {
      return BytesHeader.parseFrom(header.duplicate());
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedDataException("no header of bytes: " + e.getMessage(), e);
    }
  }

  @Override
  public void add(ByteBuffer chunk) throws MalformedDataException {
    if (complete()) {
      throw new MalformedDataException("a chunk follows the last one");
    }
    try {
      add(BytesChunk.parseFrom(chunk.duplicate()));
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedDataException("no chunk of bytes: " + e.getMessage(), e);
    }
  }

  private void add(BytesChunk chunk) throws MalformedDataException {
    String name = "chunk " + received;
    int start = received * chunkBytes;
    int expected = Math.min(chunkBytes, bytes.length - start);
    if (chunk.getIndex() != received || chunk.getData().size() != expected) {
      throw new MalformedDataException(
          "%s is numbered %d and has %d bytes, not %d"
              .formatted(name, chunk.getIndex(), chunk.getData().size(), expected));
    }
    Checksum.require(chunk.getCrc32C(), Checksum.of(chunk.getData().asReadOnlyByteBuffer()), name);
    chunk.getData().copyTo(bytes, start);
    received++;
  }

  @Override
  public int received() {
    return received;
  }

  @Override
  public boolean complete() {
    return received == SnapshotChunks.count(bytes.length, chunkBytes);
  }

  /**
   * All of them; the caller's from now on.
   *
   * @throws IllegalStateException if they are not {@link #complete}
   */
  public byte[] finish() {
    if (!complete()) {
      throw new IllegalStateException("has only " + received + " chunks");
    }
    return bytes;
  }
}
