package io.limber.core.env;

import io.limber.core.config.Section;
import java.util.Objects;

/**
 * Section {@code limber.environment}: the task.
 *
 * @param kind which of the paper's tasks
 * @param maxEpisodeSteps steps after which an episode is truncated, at least 1
 * @param supervised of the supervised task
 */
public record EnvironmentSettings(Kind kind, int maxEpisodeSteps, SupervisedSettings supervised) {

  /** The paper's tasks: three of {@link BlockMdp}, and {@link SupervisedTask}. */
  public enum Kind {
    TRUE_LABEL,
    RANDOM_LABEL,
    SPARSE_REWARD,
    SUPERVISED
  }

  public EnvironmentSettings {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(supervised);
  }

  /**
   * Reads {@code limber.environment}.
   *
   * @throws io.limber.core.config.InvalidSettingException if a value cannot work
   */
  public static EnvironmentSettings from(Section limber) {
    Section environment = limber.section("environment");
    int maxEpisodeSteps = environment.integer("max-episode-steps");
    environment.require(
        maxEpisodeSteps >= 1,
        "max-episode-steps",
        maxEpisodeSteps,
        "be at least 1, or no episode could take a step");
    return new EnvironmentSettings(
        environment.constant("kind", Kind.class),
        maxEpisodeSteps,
        SupervisedSettings.from(environment));
  }
}
