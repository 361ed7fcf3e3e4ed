package io.limber.protos;

import io.limber.core.agent.ParameterLayout;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.protos.v1.ParameterSnapshotChunk;
import io.limber.protos.v1.ParameterSnapshotHeader;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Puts a snapshot together from its header and its chunks in order. One owner; used once. */
final class SnapshotAssembler {

  /** Chunks larger than this are refused: no writer makes them. */
  static final int MAX_CHUNK_BYTES = 16 << 20;

  private final long step;
  private final ParameterLayout layout;
  private final long totalBytes;
  private final int chunkBytes;
  private final float[] values;
  private int nextIndex;

  /**
   * @param limitBytes the most that the numbers may take; checked before they are allocated
   */
  SnapshotAssembler(ParameterSnapshotHeader header, long limitBytes) throws MalformedDataException {
    step = header.getStep();
    layout = LayoutCodec.fromProto(header.getLayout());
    totalBytes = header.getTotalBytes();
    chunkBytes = header.getChunkBytes();
    require(step >= 0, "its step is " + step);
    require(
        totalBytes == (long) Float.BYTES * layout.size(),
        "its layout has " + layout.size() + " numbers, its header " + totalBytes + " bytes");
    require(
        chunkBytes >= Float.BYTES && chunkBytes <= MAX_CHUNK_BYTES && chunkBytes % Float.BYTES == 0,
        "its chunks have " + chunkBytes + " bytes");
    require(
        totalBytes <= limitBytes,
        "its header announces " + totalBytes + " bytes, where " + limitBytes + " can follow");
    values = new float[layout.size()];
  }

  /** Chunks that {@link #add} takes. */
  int chunks() {
    return SnapshotChunks.count(totalBytes, chunkBytes);
  }

  int chunkBytes() {
    return chunkBytes;
  }

  /** Takes the next chunk. */
  void add(ParameterSnapshotChunk chunk) throws MalformedDataException {
    String name = "its chunk " + nextIndex;
    require(chunk.getIndex() == nextIndex, name + " is numbered " + chunk.getIndex());
    require(chunk.getStep() == step, name + " is of step " + chunk.getStep() + ", not " + step);
    require(
        chunk.getTotalBytes() == totalBytes,
        name + " is of " + chunk.getTotalBytes() + " bytes in all, not " + totalBytes);
    long start = (long) nextIndex * chunkBytes;
    long bytes = Math.min(chunkBytes, totalBytes - start);
    require(
        chunk.getData().size() == bytes,
        name + " has " + chunk.getData().size() + " bytes, not " + bytes);
    Checksum.require(chunk.getCrc32C(), Checksum.of(chunk.getData().asReadOnlyByteBuffer()), name);
    FloatBuffer numbers =
        chunk.getData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    numbers.get(values, (int) (start / Float.BYTES), numbers.remaining());
    nextIndex++;
  }

  /** The snapshot, once all chunks are there. */
  ParameterSnapshot finish() {
    if (nextIndex != chunks()) {
      throw new IllegalStateException("has " + nextIndex + " of " + chunks() + " chunks");
    }
    return ParameterSnapshot.owning(step, layout, values);
  }

  private static void require(boolean holds, String message) throws MalformedDataException {
    if (!holds) {
      throw new MalformedDataException(message);
    }
  }
}
