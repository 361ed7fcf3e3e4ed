package io.limber.core.agent;

import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * A network's parameters as they were at one learner step. Immutable; may be shared by any number
 * of threads.
 */
public final class ParameterSnapshot {

  private final long step;
  private final ParameterLayout layout;
  private final float[] values;

  private ParameterSnapshot(long step, ParameterLayout layout, float[] values) {
    this.step = step;
    this.layout = Objects.requireNonNull(layout);
    this.values = values;
    if (values.length != layout.size()) {
      throw new IllegalArgumentException(
          "snapshot has " + values.length + " numbers, its layout " + layout.size());
    }
  }

  /**
   * Takes ownership of {@code values} without a copy: the caller must not keep the array. Snapshots
   * are megabytes, and the one caller that makes them has just filled the array.
   */
  public static ParameterSnapshot owning(long step, ParameterLayout layout, float[] values) {
    return new ParameterSnapshot(step, layout, values);
  }

  /** Learner updates done when these were the parameters. */
  public long step() {
    return step;
  }

  public ParameterLayout layout() {
    return layout;
  }

  /** All numbers, in the layout's order; read-only. */
  public FloatBuffer values() {
    return FloatBuffer.wrap(values).asReadOnlyBuffer();
  }
}
