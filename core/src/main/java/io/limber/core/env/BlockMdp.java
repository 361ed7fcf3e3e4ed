package io.limber.core.env;

import io.limber.core.data.LabelledImages;
import io.limber.core.env.ObservationSpace.ElementType;
import io.limber.core.random.SeededRandom;
import io.limber.core.state.SavedState;
import io.limber.core.state.UnusableStateException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;

/**
 * The classification block MDP: the hidden state is a class, the observation a uniformly drawn
 * image with that label, and an action names a class. It never ends by itself; see {@link
 * TimeLimit}.
 *
 * <p>The paper's true-label task is {@link Rules#DENSE} over the true labels, its random-label task
 * the same over images relabelled once per run ({@link LabelledImages#withRandomLabels}), its
 * sparse-reward task {@link Rules#SPARSE} over the true labels.
 *
 * <p>Our choices where the paper is silent: the first state is drawn uniformly, and in {@link
 * Rules#SPARSE} the last state is followed by the first.
 *
 * @see "Lyle et al. (2023), Understanding Plasticity in Neural Networks, section 5"
 */
public final class BlockMdp implements Environment {

  /** Reward r(s, a) and next state; with n states, numbered from 0. */
  public enum Rules {
    /** Reward 1 if a = s, else 0; the next state is uniform, whatever the action. */
    DENSE,
    /** Reward 1 if a = s = n − 1, else 0; the next state is s + 1 mod n if a = s, else uniform. */
    SPARSE
  }

  // every step returns one of these two: no garbage
  private static final Step WITHOUT_REWARD = new Step(0, false, false);
  private static final Step WITH_REWARD = new Step(1, false, false);

  private final Rules rules;
  private final LabelledImages images;
  private final ObservationSpace observationSpace;
  private final ActionSpace actionSpace;
  private SeededRandom random; // null until the first seeded reset
  private int state;

  /**
   * @throws IllegalArgumentException if a class has no image, so that its state could not be shown
   */
  public BlockMdp(Rules rules, LabelledImages images) {
    this.rules = Objects.requireNonNull(rules);
    this.images = images;
    for (int label = 0; label < images.classes(); label++) {
      if (images.count(label) == 0) {
        throw new IllegalArgumentException(
            "no image of class "
                + label
                + " among "
                + images.source()
                + ", so its state could not be shown; raise limber.data.limit");
      }
    }
    observationSpace = new ObservationSpace(images.shape(), ElementType.UINT8);
    actionSpace = new ActionSpace(images.classes());
  }

  @Override
  public ObservationSpace observationSpace() {
    return observationSpace;
  }

  @Override
  public ActionSpace actionSpace() {
    return actionSpace;
  }

  @Override
  public void reset(long seed, ByteBuffer observation) {
    random = new SeededRandom(seed);
    reset(observation);
  }

  @Override
  public void reset(ByteBuffer observation) {
    requireStarted();
    state = uniformState();
    observe(observation);
  }

  @Override
  public Step step(int action, ByteBuffer observation) {
    requireStarted();
    actionSpace.check(action);
    boolean named = action == state;
    boolean rewarded =
        switch (rules) {
          case DENSE -> named;
          case SPARSE -> named && state == actionSpace.actions() - 1;
        };
    state = rules == Rules.SPARSE && named ? (state + 1) % actionSpace.actions() : uniformState();
    observe(observation);
    return rewarded ? WITH_REWARD : WITHOUT_REWARD;
  }

  @Override
  public Optional<SavedState> save() {
    requireStarted();
    return Optional.of(
        SavedState.builder().put("random", random.state()).put("state", state).build());
  }

  @Override
  public void restore(SavedState saved) {
    random = new SeededRandom(saved.integer("random"));
    long restored = saved.integer("state");
    if (restored < 0 || restored >= actionSpace.actions()) {
      throw new UnusableStateException(
          "state = " + restored + " must lie in [0, " + (actionSpace.actions() - 1) + "]");
    }
    state = (int) restored;
  }

  /** The hidden state, for tests and diagnosis; an agent must not see it. */
  int state() {
    return state;
  }

  private int uniformState() {
    return random.nextInt(actionSpace.actions());
  }

  private void observe(ByteBuffer observation) {
    images.copyImage(images.image(state, random.nextInt(images.count(state))), observation);
  }

  private void requireStarted() {
    if (random == null) {
      throw new IllegalStateException("reset it with a seed first");
    }
  }
}
