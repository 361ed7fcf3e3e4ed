package io.limber.numerics.network;

import io.limber.core.agent.ParameterLayout;
import io.limber.core.agent.ParameterSnapshot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A direct buffer for feeding whole parameter vectors, allocated once. */
public final class FlatParameters {

  private final ParameterLayout layout;
  private final ByteBuffer bytes;

  public FlatParameters(ParameterLayout layout) {
    this.layout = layout;
    bytes =
        ByteBuffer.allocateDirect(Math.multiplyExact(layout.size(), Float.BYTES))
            .order(ByteOrder.nativeOrder());
  }

  /**
   * The snapshot's numbers; valid until the next call.
   *
   * @throws IllegalArgumentException if it is of another architecture
   */
  public ByteBuffer of(ParameterSnapshot snapshot) {
    if (!snapshot.layout().equals(layout)) {
      throw new IllegalArgumentException(
          "the snapshot is of "
              + snapshot.layout().architecture()
              + ", not of "
              + layout.architecture());
    }
    bytes.clear().asFloatBuffer().put(snapshot.values());
    return bytes;
  }

  /** The array's numbers; valid until the next call. */
  public ByteBuffer of(float[] values) {
    bytes.clear().asFloatBuffer().put(values);
    return bytes;
  }

  /** The numbers put here last. */
  public ByteBuffer bytes() {
    return bytes;
  }
}
