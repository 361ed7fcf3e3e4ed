package io.limber.app.study;

import io.limber.app.statistics.Interval;
import java.util.List;

/** What the intervals of one statistic's correlations say of its sign. */
record Signs(List<Interval> intervals) {

  static Signs of(DataTable correlations) {
    return new Signs(
        correlations.all().stream()
            .map(
                row ->
                    new Interval(row.number("correlation"), row.number("low"), row.number("high")))
            .toList());
  }

  boolean keeps() {
    return intervals.stream().allMatch(rho -> rho.estimate() > 0)
        || intervals.stream().allMatch(rho -> rho.estimate() < 0);
  }

  boolean keepsSurely() {
    return intervals.stream().allMatch(rho -> rho.isAbove(0))
        || intervals.stream().allMatch(rho -> rho.isBelow(0));
  }

  boolean flipsSurely() {
    return intervals.stream().anyMatch(rho -> rho.isAbove(0))
        && intervals.stream().anyMatch(rho -> rho.isBelow(0));
  }
}
