package io.limber.app.study;

import java.util.List;
import java.util.Optional;

/** All studies, in the paper's order. */
public final class Studies {

  private static final List<Study> ALL =
      List.of(
          new OptimizerInstability(),
          new GradientVsBrownian(),
          new Falsification(),
          new LearningCurves(),
          new Width(),
          new InterventionsStudy(),
          new Sharpness(),
          new Landscape(),
          new ModernInterventions());

  private Studies() {}

  public static List<Study> all() {
    return ALL;
  }

  /** The study of that name. */
  public static Optional<Study> named(String name) {
    return ALL.stream().filter(study -> study.name().equals(name)).findFirst();
  }
}
