package io.limber.core.probe;

import io.limber.core.metrics.Measurement;
import java.util.List;

/**
 * What a probe found. Immutable.
 *
 * @param measurements single numbers, at the snapshot's step; at least one
 * @param tables everything else, each with a name of its own
 */
public record ProbeResult(List<Measurement> measurements, List<Table> tables) {

  public ProbeResult {
    measurements = List.copyOf(measurements);
    tables = List.copyOf(tables);
    if (measurements.isEmpty()) {
      throw new IllegalArgumentException("a probe must measure something");
    }
    List<String> names = tables.stream().map(Table::name).toList();
    if (names.stream().distinct().count() != names.size()) {
      throw new IllegalArgumentException("tables must have names of their own, not " + names);
    }
  }
}
