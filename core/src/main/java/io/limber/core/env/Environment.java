package io.limber.core.env;

import io.limber.core.data.LabelledImages;
import io.limber.core.state.SavedState;
import java.nio.ByteBuffer;
import java.util.Optional;

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

  /**
   * Images on which accuracy is measured, the same in every step, with the actions that are right
   * now as labels; observations of this environment look like them. Empty where there are none.
   *
   * @throws IllegalStateException if it was never reset with a seed
   */
  default Optional<LabelledImages> examination() {
    return Optional.empty();
  }

  /**
   * What it goes on from: its random state and the episode in progress. Empty where it cannot say;
   * a resumed run then starts a new episode of it.
   *
   * @throws IllegalStateException if it was never reset with a seed
   */
  default Optional<SavedState> save() {
    return Optional.empty();
  }

  /**
   * Goes on from what {@link #save} of an equal environment gave, whatever happened to this one
   * before; the current observation is the one that the other had.
   *
   * @throws io.limber.core.state.UnusableStateException if it is of another kind of environment
   */
  default void restore(SavedState state) {
    throw new UnsupportedOperationException(getClass() + " saves no state");
  }

  /** Frees what it holds; idempotent. */
  @Override
  default void close() {}
}
