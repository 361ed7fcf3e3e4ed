package io.limber.actors.probe;

import io.limber.actors.metrics.StepClock;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.util.Map;

/** What probes report about themselves, all of it by the wall clock. Immutable. */
record ProbeReports(String source, StepClock clock) {

  Report measured(ProbeTask task, double seconds) {
    long step = clock.step();
    double lag = step - task.snapshot().step();
    return Report.of(
        ProbeSet.source(task.probe()),
        step,
        Map.of(Metric.PROBE_LAG, lag, Metric.PROBE_DURATION, seconds));
  }

  Report progress(int worker, double done) {
    return Report.of("probe-" + worker, clock.step(), Map.of(Metric.PROBE_PROGRESS, done));
  }

  Report tally(ProbeWork work) {
    ProbeTally tally = work.tally();
    return Report.of(
        source,
        clock.step(),
        Map.of(
            Metric.PROBE_COMPLETED, (double) tally.completed(),
            Metric.PROBE_SKIPPED, (double) tally.skipped(),
            Metric.PROBE_RETRIED, (double) tally.retried(),
            Metric.PROBE_FAILED, (double) tally.failed(),
            Metric.PROBE_QUEUE_DEPTH, (double) work.waiting()));
  }
}
