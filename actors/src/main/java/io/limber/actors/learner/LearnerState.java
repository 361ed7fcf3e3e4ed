package io.limber.actors.learner;

import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.state.SavedState;
import io.limber.core.state.UnusableStateException;
import java.util.List;

/** What a learner actor keeps in a checkpoint: its learner's state, and its own. */
final class LearnerState {

  private LearnerState() {}

  static SavedState save(SavedState learner, LearnerReports reports, List<Measurement> unseen) {
    return SavedState.builder()
        .put("learner", learner)
        .put("reports", reports.save())
        .put("unseen", unseen.stream().map(LearnerState::save).toList())
        .build();
  }

  private static SavedState save(Measurement measurement) {
    return SavedState.builder()
        .put("metric", measurement.metric().id())
        .put("step", measurement.step())
        .put("value", measurement.value())
        .build();
  }

  /** Measurements that the learner had not been told of. */
  static List<Measurement> unseen(SavedState state) {
    return state.parts("unseen").stream().map(LearnerState::measurement).toList();
  }

  private static Measurement measurement(SavedState state) {
    String id = state.text("metric");
    Metric metric =
        Metric.ofId(id)
            .orElseThrow(() -> new UnusableStateException("metric = " + id + " is not known"));
    return new Measurement(metric, state.integer("step"), state.real("value"));
  }
}
