package io.limber.app.run;

import io.limber.app.config.Settings;
import io.limber.core.data.DataSets;
import io.limber.core.data.LabelledImages;
import io.limber.core.env.ActionSpace;
import io.limber.core.env.Environment;
import io.limber.core.env.EnvironmentFactory;
import io.limber.core.env.ObservationSpace;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.TransitionSpec;

/**
 * What a run learns.
 *
 * @param images what it is shown
 * @param environments make its environments
 * @param random root streams of the run
 * @param observations what each environment shows
 * @param actions what can be done in it
 */
public record Task(
    LabelledImages images,
    EnvironmentFactory environments,
    RandomStreams random,
    ObservationSpace observations,
    ActionSpace actions) {

  /**
   * Loads the data.
   *
   * @throws io.limber.core.data.DataFileException if a file is missing or damaged
   * @throws io.limber.core.config.InvalidSettingException if the data does not fit the settings
   */
  public static Task of(Settings settings) {
    RandomStreams random = new RandomStreams(settings.seed());
    LabelledImages images = DataSets.load(settings.data());
    EnvironmentFactory environments = EnvironmentFactory.of(settings.environment(), images);
    try (Environment one = environments.create(random)) {
      return new Task(images, environments, random, one.observationSpace(), one.actionSpace());
    }
  }

  /** Sizes of a transition. */
  public TransitionSpec spec() {
    return new TransitionSpec(observations.bytes());
  }
}
