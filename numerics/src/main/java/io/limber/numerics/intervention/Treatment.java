package io.limber.numerics.intervention;

import io.limber.core.replay.Transitions;
import io.limber.core.state.SavedState;
import java.util.List;

/** What an intervention does to the agent when it fires. It acts between two calls of update. */
interface Treatment {

  /**
   * What was done to one part.
   *
   * @param name of a layer, or {@code optimizer}
   * @param units hidden units replaced; 0 where whole tensors were treated
   * @param parameters numbers written
   */
  record Part(String name, int units, long parameters) {}

  /**
   * Acts.
   *
   * @param step learner updates done
   * @param batch of the call that ended
   * @return an entry per treated part; empty if there was nothing to do
   */
  List<Part> apply(long step, Transitions batch);

  /** What it goes on from, beside the program's variables and its random stream. */
  default SavedState state() {
    return SavedState.empty();
  }

  /** Goes on from {@link #state}. */
  default void restore(SavedState state) {}
}
