package io.limber.numerics.probe;

import io.limber.core.probe.Table;
import io.limber.numerics.linop.ExtremeEigenvalues.Extremes;
import io.limber.numerics.linop.ExtremeEigenvalues.RitzPair;
import java.util.ArrayList;
import java.util.List;

/** The eigenvalues of both ends of a spectrum as a table. */
final class EigenvalueTable {

  private static final double TOP = 1;
  private static final double BOTTOM = -1;

  private EigenvalueTable() {}

  /**
   * A row for each: end ({@value #TOP} for the largest, {@value #BOTTOM} for the smallest), rank
   * from 1 at the very end, value and residual.
   */
  static Table of(Extremes ends) {
    List<double[]> rows = new ArrayList<>();
    add(rows, TOP, ends.largest());
    add(rows, BOTTOM, ends.smallest());
    return new Table("eigenvalues", List.of("end", "rank", "value", "residual"), rows);
  }

  private static void add(List<double[]> rows, double end, List<RitzPair> pairs) {
    int rank = 1;
    for (RitzPair pair : pairs) {
      rows.add(new double[] {end, rank++, pair.value(), pair.residual()});
    }
  }
}
