package io.limber.core.env;

import io.limber.core.data.LabelledImages;
import io.limber.core.random.RandomStreams;

/** Makes supervised tasks, time-limited; all instances of one run share images and labels. */
final class SupervisedFactory implements EnvironmentFactory {

  private final EnvironmentSettings settings;
  private final LabelledImages images;
  private RandomStreams labelledFor; // guarded by this, as is tasks
  private LabelTasks tasks;

  SupervisedFactory(EnvironmentSettings settings, LabelledImages images) {
    this.settings = settings;
    this.images = images;
  }

  @Override
  public Environment create(RandomStreams random) {
    return new TimeLimit(new SupervisedTask(tasks(random)), settings.maxEpisodeSteps());
  }

  private synchronized LabelTasks tasks(RandomStreams random) {
    if (!random.equals(labelledFor)) {
      tasks = new LabelTasks(settings.supervised(), images, random);
      labelledFor = random;
    }
    return tasks;
  }
}
