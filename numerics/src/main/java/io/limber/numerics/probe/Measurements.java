package io.limber.numerics.probe;

import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import java.util.ArrayList;
import java.util.List;

/** Gathers the measurements of one step. */
final class Measurements {

  private final long step;
  private final List<Measurement> list = new ArrayList<>();

  Measurements(long step) {
    this.step = step;
  }

  void add(Metric metric, double value) {
    list.add(new Measurement(metric, step, value));
  }

  List<Measurement> list() {
    return List.copyOf(list);
  }
}
