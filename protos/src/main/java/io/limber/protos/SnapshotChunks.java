package io.limber.protos;

import com.google.protobuf.UnsafeByteOperations;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.protos.v1.ParameterSnapshotChunk;
import io.limber.protos.v1.ParameterSnapshotHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Cuts a snapshot into a header and chunks. Each chunk is made when it is asked for, so that a slow
 * receiver never makes the sender hold a second copy.
 */
final class SnapshotChunks {

  /** Well below the 512 KiB that the transport takes as one frame, the message around it too. */
  static final int CHUNK_BYTES = 128 << 10;

  private final ParameterSnapshot snapshot;
  private final long totalBytes;
  private final int chunkBytes;

  /**
   * @param chunkBytes a positive multiple of 4
   */
  SnapshotChunks(ParameterSnapshot snapshot, int chunkBytes) {
    if (chunkBytes < Float.BYTES || chunkBytes % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "chunkBytes = " + chunkBytes + " must be a positive multiple of " + Float.BYTES);
    }
    this.snapshot = snapshot;
    this.chunkBytes = chunkBytes;
    totalBytes = (long) Float.BYTES * snapshot.layout().size();
  }

  ParameterSnapshotHeader header() {
    return ParameterSnapshotHeader.newBuilder()
        .setStep(snapshot.step())
        .setLayout(LayoutCodec.toProto(snapshot.layout()))
        .setTotalBytes(totalBytes)
        .setChunkBytes(chunkBytes)
        .build();
  }

  /** How many there are; 0 for a layout without numbers. */
  int count() {
    return count(totalBytes, chunkBytes);
  }

  static int count(long totalBytes, int chunkBytes) {
    return Math.toIntExact((totalBytes + chunkBytes - 1) / chunkBytes);
  }

  ParameterSnapshotChunk chunk(int index) {
    long start = (long) index * chunkBytes;
    int bytes = (int) Math.min(chunkBytes, totalBytes - start);
    ByteBuffer data = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer()
        .put(snapshot.values().slice((int) (start / Float.BYTES), bytes / Float.BYTES));
    return ParameterSnapshotChunk.newBuilder()
        .setStep(snapshot.step())
        .setIndex(index)
        .setTotalBytes(totalBytes)
        .setCrc32C(Checksum.of(data))
        .setData(UnsafeByteOperations.unsafeWrap(data)) // nobody else holds it
        .build();
  }
}
