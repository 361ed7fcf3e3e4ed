package io.limber.core.env;

import io.limber.core.data.LabelledImages;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.Transitions;
import io.limber.core.state.SavedState;
import io.limber.core.state.UnusableStateException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Environments of equal spaces that step together, without garbage of its own. An episode that ends
 * is followed by the next one within the same step: the stored {@code s_t} is its true last
 * observation, the next current observation that of the reset. Not thread-safe: one owner. After an
 * exception the environments are out of step with each other: close it.
 */
public final class VectorEnvironment implements AutoCloseable {

  private final Environment[] environments;
  private final ObservationSpace observationSpace;
  private final ActionSpace actionSpace;
  private final int observationBytes;
  private final ByteBuffer observations;
  private final double[] returns; // of the episodes in progress
  private final boolean[] ended; // scratch of a step: whose episode it ended
  private long steps;
  private long episodes;
  private double rewardSum;
  private double returnSum;

  /**
   * Resets all environments, the i-th with the seed of the stream {@code environment-<i>}.
   *
   * @param environments at least one, of equal spaces; owned from now on
   * @throws IllegalArgumentException if there is none or their spaces differ
   */
  public VectorEnvironment(List<Environment> environments, RandomStreams random) {
    if (environments.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one environment");
    }
    this.environments = environments.toArray(Environment[]::new);
    observationSpace = environments.get(0).observationSpace();
    actionSpace = environments.get(0).actionSpace();
    requireEqualSpaces();
    observationBytes = observationSpace.bytes();
    observations =
        ByteBuffer.allocateDirect(Math.multiplyExact(size(), observationBytes))
            .order(ByteOrder.LITTLE_ENDIAN);
    returns = new double[size()];
    ended = new boolean[size()];
    for (int i = 0; i < size(); i++) {
      this.environments[i].reset(random.seed("environment-" + i), observations);
      requireWritten(i, observations, (i + 1) * observationBytes);
    }
  }

  /** Number of environments. */
  public int size() {
    return environments.length;
  }

  public ObservationSpace observationSpace() {
    return observationSpace;
  }

  public ActionSpace actionSpace() {
    return actionSpace;
  }

  /**
   * The current observations, [size, bytes], direct, little-endian, position 0. The live buffer:
   * the next step changes it, and nobody else may.
   */
  public ByteBuffer observations() {
    return observations.clear();
  }

  /**
   * Takes one action in each environment and appends {@link #size()} transitions. Where a step
   * tells the label, that is the action stored.
   *
   * @param actions the i-th environment's in place i
   * @param into has room for {@link #size()} more transitions of this observation size
   * @throws IllegalArgumentException if an action or {@code into} does not fit
   */
  public void step(int[] actions, Transitions into) {
    int row = into.size();
    requireFits(actions, into);
    ByteBuffer sT = into.sT();
    into.sTm1().put(row * observationBytes, observations(), 0, size() * observationBytes);
    sT.position(row * observationBytes);
    for (int i = 0; i < size(); i++) {
      Step step = environments[i].step(actions[i], sT);
      requireWritten(i, sT, (row + i + 1) * observationBytes);
      store(into, row + i, step.stored(actions[i]), step);
      count(i, step);
    }
    // all rows at once, then the resets over those that ended: few and large copies
    observations.put(0, sT.clear(), row * observationBytes, size() * observationBytes);
    resetEnded();
    into.setSize(row + size());
  }

  /** Images on which accuracy is measured; the first environment's, as they step together. */
  public Optional<LabelledImages> examination() {
    return environments[0].examination();
  }

  /** What happened since the last call, or since construction. */
  public EpisodeStatistics drainStatistics() {
    EpisodeStatistics drained = new EpisodeStatistics(steps, episodes, rewardSum, returnSum);
    steps = 0;
    episodes = 0;
    rewardSum = 0;
    returnSum = 0;
    return drained;
  }

  /** What it goes on from: environments, current observations, and statistics not yet drained. */
  public SavedState save() {
    byte[] current = new byte[observations.capacity()];
    observations().get(0, current);
    List<SavedState> states = new ArrayList<>();
    for (Environment environment : environments) {
      SavedState.Builder state = SavedState.builder();
      environment.save().ifPresent(saved -> state.put("environment", saved));
      states.add(state.build());
    }
    return SavedState.builder()
        .put("environments", states)
        .put("observations", current)
        .put("returns", returns)
        .put("steps", steps)
        .put("episodes", episodes)
        .put("reward-sum", rewardSum)
        .put("return-sum", returnSum)
        .build();
  }

  /**
   * Goes on from what {@link #save} of an equal vector gave. An environment that saved nothing
   * stays at the beginning of the episode that it has just started.
   *
   * @throws UnusableStateException if the vector had other sizes
   */
  public void restore(SavedState state) {
    List<SavedState> states = state.parts("environments");
    byte[] current = state.bytes("observations");
    double[] restored = state.reals("returns");
    if (states.size() != size()
        || current.length != observations.capacity()
        || restored.length != size()) {
      throw new UnusableStateException(
          "a vector of "
              + states.size()
              + " environments with "
              + current.length
              + " bytes of observations must be one of "
              + size()
              + " with "
              + observations.capacity());
    }
    for (int i = 0; i < size(); i++) {
      if (states.get(i).has("environment")) {
        environments[i].restore(states.get(i).part("environment"));
        observations.put(i * observationBytes, current, i * observationBytes, observationBytes);
        returns[i] = restored[i];
      }
    }
    steps = state.integer("steps");
    episodes = state.integer("episodes");
    rewardSum = state.real("reward-sum");
    returnSum = state.real("return-sum");
  }

  /** Closes all environments, even if one of them throws. */
  @Override
  public void close() {
    RuntimeException failure = null;
    for (Environment environment : environments) {
      try {
        environment.close();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static void store(Transitions into, int row, int action, Step step) {
    into.aTm1().putInt(row * Integer.BYTES, action);
    into.rT().putFloat(row * Float.BYTES, (float) step.reward());
    into.discountT().putFloat(row * Float.BYTES, step.terminated() ? 0f : 1f);
  }

  private void count(int i, Step step) {
    steps++;
    rewardSum += step.reward();
    returns[i] += step.reward();
    ended[i] = step.last();
    if (ended[i]) {
      episodes++;
      returnSum += returns[i];
      returns[i] = 0;
    }
  }

  private void resetEnded() {
    for (int i = 0; i < size(); i++) {
      if (ended[i]) {
        observations.position(i * observationBytes);
        environments[i].reset(observations);
        requireWritten(i, observations, (i + 1) * observationBytes);
      }
    }
  }

  private void requireEqualSpaces() {
    for (int i = 1; i < size(); i++) {
      if (!environments[i].observationSpace().equals(observationSpace)
          || !environments[i].actionSpace().equals(actionSpace)) {
        throw new IllegalArgumentException(
            "environment " + i + " has other spaces than environment 0");
      }
    }
  }

  private void requireFits(int[] actions, Transitions into) {
    if (actions.length < size()) {
      throw new IllegalArgumentException(
          actions.length + " actions must be at least one for each of " + size() + " environments");
    }
    if (into.capacity() - into.size() < size()) {
      throw new IllegalArgumentException(
          "room for "
              + (into.capacity() - into.size())
              + " transitions must be at least "
              + size());
    }
    if (into.spec().observationBytes() != observationBytes) {
      throw new IllegalArgumentException(
          "transitions with observations of "
              + into.spec().observationBytes()
              + " bytes must have "
              + observationBytes);
    }
  }

  private static void requireWritten(int i, ByteBuffer buffer, int end) {
    if (buffer.position() != end) {
      throw new IllegalStateException(
          "environment " + i + " left its buffer at " + buffer.position() + " instead of " + end);
    }
  }
}
