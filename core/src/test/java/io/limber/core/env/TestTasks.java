package io.limber.core.env;

import io.limber.core.env.SupervisedSettings.Labels;

/** Settings of tasks. */
public final class TestTasks {

  private TestTasks() {}

  /** Supervised ones have true labels. */
  public static EnvironmentSettings settings(EnvironmentSettings.Kind kind, int maxEpisodeSteps) {
    return new EnvironmentSettings(
        kind, maxEpisodeSteps, new SupervisedSettings(Labels.TRUE, 0, 0));
  }

  static EnvironmentSettings supervised(Labels labels, long relabelEverySteps, int accuracyImages) {
    return new EnvironmentSettings(
        EnvironmentSettings.Kind.SUPERVISED,
        30,
        new SupervisedSettings(labels, relabelEverySteps, accuracyImages));
  }
}
