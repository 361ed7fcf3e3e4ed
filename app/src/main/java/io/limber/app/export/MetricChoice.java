package io.limber.app.export;

import io.limber.app.config.EditDistance;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.MetricGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The metrics that a person named, by id or by the group before the slash. */
public final class MetricChoice {

  private MetricChoice() {}

  /**
   * The metrics of all names; every metric for no names.
   *
   * @throws IllegalArgumentException if a name is neither a metric's nor a group's; the message
   *     names the nearest one
   */
  public static Set<Metric> of(List<String> names) {
    if (names.isEmpty()) {
      return EnumSet.allOf(Metric.class);
    }
    Set<Metric> chosen = EnumSet.noneOf(Metric.class);
    for (String name : names) {
      List<Metric> named =
          Arrays.stream(Metric.values())
              .filter(m -> m.id().equals(name) || m.group().id().equals(name))
              .toList();
      if (named.isEmpty()) {
        throw new IllegalArgumentException(
            "metric "
                + name
                + " must be a metric or group of docs/metrics.md"
                + nearest(name).map(near -> "; nearest: " + near).orElse(""));
      }
      chosen.addAll(named);
    }
    return chosen;
  }

  private static Optional<String> nearest(String name) {
    List<String> known = new ArrayList<>();
    Arrays.stream(Metric.values()).map(Metric::id).forEach(known::add);
    Arrays.stream(MetricGroup.values()).map(MetricGroup::id).forEach(known::add);
    return EditDistance.nearest(name, known);
  }
}
