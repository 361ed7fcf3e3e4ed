package io.limber.core.probe;

import java.util.List;

/**
 * The tables of one measurement, as they are published. Immutable.
 *
 * @param probe name of the probe, for instance {@code plasticity}
 * @param step of the snapshot
 * @param tables at least one
 */
public record ProbeTables(String probe, long step, List<Table> tables) {

  public ProbeTables {
    tables = List.copyOf(tables);
    if (tables.isEmpty()) {
      throw new IllegalArgumentException(probe + " has no table at step " + step);
    }
  }
}
