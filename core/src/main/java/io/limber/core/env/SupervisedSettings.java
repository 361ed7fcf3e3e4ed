package io.limber.core.env;

import io.limber.core.config.Section;
import java.util.Objects;

/**
 * Section {@code limber.environment.supervised}.
 *
 * @param labels which the images carry
 * @param relabelEverySteps steps of an environment after which all labels are drawn anew; 0 for
 *     never
 * @param accuracyImages images, the first of the data set, on which accuracy is measured; 0 for
 *     none
 */
public record SupervisedSettings(Labels labels, long relabelEverySteps, int accuracyImages) {

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
    int images = section.integer("accuracy-images");
    section.require(images >= 0, "accuracy-images", images, "not be negative; 0 measures none");
    return new SupervisedSettings(labels, every, images);
  }
}
