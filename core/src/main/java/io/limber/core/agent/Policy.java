package io.limber.core.agent;

import java.nio.ByteBuffer;

/** Picks greedy actions with a local copy of the parameters. Not thread-safe: one owner. */
public interface Policy extends AutoCloseable {

  /**
   * Replaces the parameters.
   *
   * @throws IllegalArgumentException if the snapshot is of another architecture
   */
  void load(ParameterSnapshot snapshot);

  /** Learner step of the loaded parameters; −1 before the first {@link #load}. */
  long step();

  /**
   * The greedy action of each observation; ties go to the lowest action.
   *
   * @param observations {@code count} observations from position 0, direct, little-endian
   * @param actions takes the actions in its first {@code count} places
   */
  void act(ByteBuffer observations, int count, int[] actions);

  /** Frees native memory; idempotent. */
  @Override
  void close();
}
