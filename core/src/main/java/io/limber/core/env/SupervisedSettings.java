package io.limber.core.env;

import io.limber.core.config.Section;
import java.util.Objects;

/**
 * Section {@code limber.environment.supervised}.
 *
 * @param labels which the images carry
 * @param relabelEverySteps steps of an environment after which all labels are drawn anew; 0 for
 *     never
 */
public record SupervisedSettings(Labels labels, long relabelEverySteps) {

  /** What the labels are. */
  public enum Labels {
    /** Those of the data set. */
    TRUE,
    /** Drawn uniformly for each image. */
    RANDOM
  }

  public SupervisedSettings {
    Objects.requireNonNull(labels);
  }

  static SupervisedSettings from(Section environment) {
    Section section = environment.section("supervised");
    Labels labels = section.constant("labels", Labels.class);
    long every = section.wholeNumber("relabel-every-steps");
    section.require(
        every >= 0, "relabel-every-steps", every, "not be negative; 0 keeps the first labels");
    section.require(
        every == 0 || labels == Labels.RANDOM,
        "relabel-every-steps",
        every,
        "be 0 with labels = true, which never change");
    return new SupervisedSettings(labels, every);
  }
}
