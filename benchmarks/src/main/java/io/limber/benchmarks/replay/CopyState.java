package io.limber.benchmarks.replay;

import io.limber.core.replay.Transitions;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The yardstick of sampling: as many bytes as a batch has, copied into the same batch in five bulk
 * copies, one per column, out of a region as large as the table's content, front to back and round
 * again. It is the harshest fair loop: nothing random, no page of memory but those it copies.
 */
@State(Scope.Benchmark)
public class CopyState {

  private static final int BLOCK_BYTES = 1 << 28; // divides the region: one buffer holds 2 GiB only

  @Param({"100000", "1000000"})
  public int capacity;

  @Param({"32", "256"})
  public int batchSize;

  private ByteBuffer[] region;
  private Transitions batch;
  private int block;
  private int position;

  @Setup(Level.Trial)
  public void fill() {
    long bytes = (long) capacity * TableState.SPEC.bytes();
    region = new ByteBuffer[(int) ((bytes + BLOCK_BYTES - 1) / BLOCK_BYTES)];
    for (int i = 0; i < region.length; i++) {
      int size = (int) Math.min(BLOCK_BYTES, bytes - (long) i * BLOCK_BYTES);
      region[i] = ByteBuffer.allocateDirect(size);
      for (int at = 0; at < size; at++) {
        region[i].put(at, (byte) at); // as the table's, every page is really there
      }
    }
    batch = new Transitions(TableState.SPEC, batchSize);
  }

  /** Copies one batch's worth of bytes. */
  Transitions copyNext() {
    if (position + batchSize * TableState.SPEC.bytes() > region[block].capacity()) {
      block = (block + 1) % region.length;
      position = 0;
    }
    take(batch.sTm1());
    take(batch.aTm1());
    take(batch.rT());
    take(batch.discountT());
    take(batch.sT());
    batch.setSize(batchSize);
    return batch;
  }

  private void take(ByteBuffer column) {
    column.put(0, region[block], position, column.capacity());
    position += column.capacity();
  }
}
