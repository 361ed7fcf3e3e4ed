package io.limber.core.replay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * A columnar block of transitions (s_tm1, a_tm1, r_t, discount_t, s_t) in direct memory,
 * little-endian.
 *
 * <p>Mutable and reused: whoever holds it owns it, and sending it hands the ownership over. {@code
 * discount_t} is the factor of the bootstrap without gamma: 0 after a terminated step, else 1 (a
 * truncated step still bootstraps).
 */
public final class Transitions {

  private final TransitionSpec spec;
  private final int capacity;
  private final ByteBuffer sTm1;
  private final ByteBuffer aTm1;
  private final ByteBuffer rT;
  private final ByteBuffer discountT;
  private final ByteBuffer sT;
  private int size;

  /**
   * @param capacity transitions it can hold, at least 1
   */
  public Transitions(TransitionSpec spec, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity = " + capacity + " must be at least 1");
    }
    this.spec = spec;
    this.capacity = capacity;
    sTm1 = direct(Math.multiplyExact(capacity, spec.observationBytes()));
    aTm1 = direct(Math.multiplyExact(capacity, Integer.BYTES));
    rT = direct(Math.multiplyExact(capacity, Float.BYTES));
    discountT = direct(Math.multiplyExact(capacity, Float.BYTES));
    sT = direct(Math.multiplyExact(capacity, spec.observationBytes()));
  }

  public TransitionSpec spec() {
    return spec;
  }

  public int capacity() {
    return capacity;
  }

  /** Transitions it holds now. */
  public int size() {
    return size;
  }

  /** Declares that the first {@code size} rows are filled. */
  public void setSize(int size) {
    if (size < 0 || size > capacity) {
      throw new IllegalArgumentException(
          "size = " + size + " must lie in [0, capacity = " + capacity + "]");
    }
    this.size = size;
  }

  /** Observations before the action, [capacity, observationBytes]; the live buffer, position 0. */
  public ByteBuffer sTm1() {
    return sTm1.clear();
  }

  /** Actions, int32 [capacity]; the live buffer, position 0. */
  public ByteBuffer aTm1() {
    return aTm1.clear();
  }

  /** Rewards, float32 [capacity]; the live buffer, position 0. */
  public ByteBuffer rT() {
    return rT.clear();
  }

  /** Bootstrap factors, float32 [capacity]; the live buffer, position 0. */
  public ByteBuffer discountT() {
    return discountT.clear();
  }

  /** Observations after the action, [capacity, observationBytes]; the live buffer, position 0. */
  public ByteBuffer sT() {
    return sT.clear();
  }

  /** Actions as numbers. */
  public IntBuffer actions() {
    return aTm1().asIntBuffer();
  }

  /** Rewards as numbers. */
  public FloatBuffer rewards() {
    return rT().asFloatBuffer();
  }

  /** Bootstrap factors as numbers. */
  public FloatBuffer discounts() {
    return discountT().asFloatBuffer();
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
