package io.limber.core.env;

import java.nio.ByteBuffer;

/**
 * A task, in the shape of Gymnasium's {@code Env}. Observations are written into the caller's
 * buffer, so that a vector of environments steps without garbage.
 */
public interface Environment extends AutoCloseable {

  ObservationSpace observationSpace();

  ActionSpace actionSpace();

  /**
   * Starts an episode from a seeded state; equal seeds give equal episodes under equal actions.
   *
   * @param observation takes {@code observationSpace().bytes()} bytes at its position, which moves
   *     on
   */
  void reset(long seed, ByteBuffer observation);

  /** Starts the next episode, going on with the present random state. */
  void reset(ByteBuffer observation);

  /**
   * Takes one action.
   *
   * @param observation takes the observation after the action, as in {@link #reset}
   * @throws IllegalArgumentException if the action is outside the action space
   * @throws IllegalStateException if the episode is over or was never started
   */
  Step step(int action, ByteBuffer observation);

  @Override
  default void close() {}
}
