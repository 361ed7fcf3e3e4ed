package io.limber.app.run;

import io.limber.app.console.ProgressView;
import io.limber.core.metrics.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Turns readings into what a progress display shows. */
final class TrainingProgress {

  private TrainingProgress() {}

  /** Shows the newest readings. */
  static void show(Readings readings, ProgressView view) {
    view.update(readings.step(), details(readings));
  }

  private static String details(Readings readings) {
    List<String> parts = new ArrayList<>();
    add(parts, "%,.0f updates/s", readings.mean(Metric.LEARNER_UPDATES_PER_SECOND));
    OptionalDouble steps = readings.mean(Metric.ENVIRONMENT_STEPS_PER_SECOND);
    if (steps.isPresent()) {
      double all = readings.sum(Metric.ENVIRONMENT_STEPS_PER_SECOND);
      add(parts, "%,.0f env steps/s", OptionalDouble.of(all));
    }
    add(parts, "reward %.2f", readings.mean(Metric.ENVIRONMENT_MEAN_REWARD));
    add(parts, "plasticity %.3f", readings.mean(Metric.PLASTICITY));
    return String.join("  ", parts);
  }

  private static void add(List<String> parts, String format, OptionalDouble value) {
    if (value.isPresent()) {
      parts.add(String.format(Locale.ROOT, format, value.getAsDouble()));
    }
  }
}
