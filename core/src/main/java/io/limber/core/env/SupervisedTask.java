package io.limber.core.env;

import io.limber.core.data.LabelledImages;
import io.limber.core.env.ObservationSpace.ElementType;
import io.limber.core.random.SeededRandom;
import io.limber.core.state.SavedState;
import io.limber.core.state.UnusableStateException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Naming the labels of images: the observation is an image drawn uniformly from all, the reward 1
 * for naming its label, else 0, so the mean reward is the accuracy. Each step tells the label, and
 * a transition stores it as its action. It never ends by itself; see {@link TimeLimit}.
 *
 * <p>The paper re-randomises all labels at each task's boundary. An environment counts its own
 * steps since its seeded reset; those of a vector step together, so they change tasks together.
 *
 * @see "Lyle et al. (2023), Understanding Plasticity in Neural Networks, section 4 and figure 1"
 */
final class SupervisedTask implements Environment {

  private final LabelTasks tasks;
  private final ObservationSpace observationSpace;
  private final ActionSpace actionSpace;
  private final Step[] wrong; // one per label, as right: no garbage
  private final Step[] right;
  private SeededRandom random; // null until the first seeded reset
  private LabelledImages labelled;
  private long task;
  private long steps;
  private int image;

  SupervisedTask(LabelTasks tasks) {
    this.tasks = tasks;
    LabelledImages images = tasks.images();
    observationSpace = new ObservationSpace(images.shape(), ElementType.UINT8);
    actionSpace = new ActionSpace(images.classes());
    wrong = new Step[images.classes()];
    right = new Step[images.classes()];
    for (int label = 0; label < wrong.length; label++) {
      wrong[label] = new Step(0, false, false, label);
      right[label] = new Step(1, false, false, label);
    }
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
    steps = 0;
    enter(tasks.task(0));
    reset(observation);
  }

  @Override
  public void reset(ByteBuffer observation) {
    requireStarted();
    observe(observation);
  }

  @Override
  public Step step(int action, ByteBuffer observation) {
    requireStarted();
    actionSpace.check(action);
    int label = labelled.label(image);
    steps++;
    long due = tasks.task(steps);
    if (due != task) {
      enter(due);
    }
    observe(observation);
    return action == label ? right[label] : wrong[label];
  }

  @Override
  public Optional<LabelledImages> examination() {
    requireStarted();
    int images = Math.min(tasks.settings().accuracyImages(), labelled.size());
    return images == 0 ? Optional.empty() : Optional.of(labelled.first(images));
  }

  @Override
  public Optional<SavedState> save() {
    requireStarted();
    return Optional.of(
        SavedState.builder()
            .put("random", random.state())
            .put("steps", steps)
            .put("image", image)
            .build());
  }

  @Override
  public void restore(SavedState state) {
    random = new SeededRandom(state.integer("random"));
    steps = state.integer("steps");
    enter(tasks.task(steps));
    long restored = state.integer("image");
    if (restored < 0 || restored >= labelled.size()) {
      throw new UnusableStateException(
          "image = " + restored + " must lie in [0, " + (labelled.size() - 1) + "]");
    }
    image = (int) restored;
  }

  private void enter(long next) {
    task = next;
    labelled = tasks.labelled(next);
  }

  private void observe(ByteBuffer observation) {
    image = random.nextInt(labelled.size());
    labelled.copyImage(image, observation);
  }

  private void requireStarted() {
    if (random == null) {
      throw new IllegalStateException("reset it with a seed first");
    }
  }
}
