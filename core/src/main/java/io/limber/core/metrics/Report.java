package io.limber.core.metrics;

import java.util.List;
import java.util.Objects;

/**
 * What one source reports at one learner step: one line of {@code metrics.jsonl}.
 *
 * @param source who reports, kebab-case with an index, for instance {@code learner-0}
 * @param step learner updates done
 * @param measurements the values, all at {@code step}
 */
public record Report(String source, long step, List<Measurement> measurements) {

  public Report {
    Objects.requireNonNull(source);
    measurements = List.copyOf(measurements);
    for (Measurement m : measurements) {
      if (m.step() != step) {
        throw new IllegalArgumentException(
            m.metric() + " is at step " + m.step() + ", its report at " + step);
      }
    }
  }
}
