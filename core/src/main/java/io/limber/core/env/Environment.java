package io.limber.core.env;

import java.nio.ByteBuffer;

/**
 * A task, in the shape of Gymnasium's {@code Env}. Observations are written into the caller's
 * buffer, so that a vector of environments steps without garbage. {@link EnvironmentChecker} tells
 * whether an implementation keeps what is promised here.
 */
public interface Environment extends AutoCloseable {

  /** The same at every call. */
  ObservationSpace observationSpace();

  /** The same at every call. */
  ActionSpace actionSpace();

  /**
   * Starts an episode from a seeded state; equal seeds give equal episodes under equal actions,
   * whatever happened before.
   *
   * @param observation little-endian; takes {@code observationSpace().bytes()} bytes at its
   *     position, which moves on
   */
  void reset(long seed, ByteBuffer observation);

  /**
   * Starts the next episode, going on with the present random state; the one in progress, if any,
   * is dropped.
   *
   * @param observation takes the observation, as in {@link #reset(long, ByteBuffer)}
   * @throws IllegalStateException if it was never reset with a seed
   */
  void reset(ByteBuffer observation);

  /**
   * Takes one action.
   *
   * @param observation takes the observation after the action, as in {@link #reset(long,
   *     ByteBuffer)}; the last one of the episode where the step ends it
   * @throws IllegalArgumentException if the action is outside the action space; the episode goes on
   * @throws IllegalStateException if the episode is over or was never started
   */
  Step step(int action, ByteBuffer observation);

  /** Frees what it holds; idempotent. */
  @Override
  default void close() {}
}
