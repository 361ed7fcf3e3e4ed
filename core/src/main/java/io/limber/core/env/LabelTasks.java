package io.limber.core.env;

import io.limber.core.data.LabelledImages;
import io.limber.core.env.SupervisedSettings.Labels;
import io.limber.core.random.RandomStreams;

/**
 * The labels of a run's successive tasks, the images staying as they are. Task k's depend on the
 * run's streams and on k only. Thread-safe: all environments of a run share one.
 */
final class LabelTasks {

  private final SupervisedSettings settings;
  private final LabelledImages images;
  private final RandomStreams random;
  private long newest = -1; // guarded by this, as is labelled
  private LabelledImages labelled;

  /**
   * @param random the run's root streams
   */
  LabelTasks(SupervisedSettings settings, LabelledImages images, RandomStreams random) {
    this.settings = settings;
    this.images = images;
    this.random = random.child("label-tasks");
  }

  SupervisedSettings settings() {
    return settings;
  }

  /** The images of every task. */
  LabelledImages images() {
    return images;
  }

  /** The task in which an environment is after so many steps. */
  long task(long steps) {
    return settings.relabelEverySteps() == 0 ? 0 : steps / settings.relabelEverySteps();
  }

  /** The images with the labels of a task; kept for the next who asks for the same one. */
  synchronized LabelledImages labelled(long task) {
    if (task != newest) {
      labelled =
          settings.labels() == Labels.TRUE
              ? images
              : images.withRandomLabels(random.stream("task-" + task));
      newest = task;
    }
    return labelled;
  }
}
