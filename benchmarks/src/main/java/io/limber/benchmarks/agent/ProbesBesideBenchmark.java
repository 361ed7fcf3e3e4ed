package io.limber.benchmarks.agent;

import io.limber.benchmarks.JsonReport;
import io.limber.benchmarks.Rounds;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.streams.metrics.MetricSink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What does a learner that has one core lose to probes on the other? Asked: 95 % of the updates per
 * second of the same run without probes.
 *
 * <p>The whole agent, one operation of the learner and one of probes at a time, a plasticity probe
 * due every 1,000 updates of 32 rows and longer than that, so that one is always running, and
 * acting made light (one environment step per 16 updates), because environments share the cores
 * too. {@code benchmarks/run probes-beside [ROUNDS [KEY=VALUE...]]}: 3 rounds if absent, about two
 * minutes each.
 */
public final class ProbesBesideBenchmark {

  private static final int WARM_UP_UPDATES = 1000;

  private final Map<String, Rounds> figures = new LinkedHashMap<>();
  private final List<String> changes;

  private ProbesBesideBenchmark(List<String> changes) {
    this.changes = changes;
  }

  /**
   * @param arguments rounds, 3 if absent, then settings to change as for {@code --set}
   */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    ProbesBesideBenchmark benchmark =
        new ProbesBesideBenchmark(
            List.of(arguments).subList(Math.min(1, arguments.length), arguments.length));
    for (int round = 1; round <= rounds; round++) {
      System.err.println("probes-beside: round " + round + " of " + rounds);
      benchmark.round(32, 6000);
      benchmark.round(256, 1200);
    }
    Map<String, Object> results = new LinkedHashMap<>();
    benchmark.figures.forEach((name, figure) -> results.put(name, figure.toJson()));
    JsonReport.print("probes-beside", results);
  }

  /** Without probes before and after, because the machine drifts. */
  private void round(int batchSize, int updates) throws IOException {
    double before = updatesPerSecond(batchSize, updates / 2, false);
    double with = updatesPerSecond(batchSize, updates, true);
    double without = (before + updatesPerSecond(batchSize, updates / 2, false)) / 2;
    add(batchSize, "updates-per-second-without-probes", without);
    add(batchSize, "updates-per-second-with-probes", with);
    add(batchSize, "ratio", with / without);
  }

  private double updatesPerSecond(int batchSize, int updates, boolean probes) throws IOException {
    List<String> assignments =
        new ArrayList<>(
            List.of(
                "cpu.concurrent-operations=1",
                "cpu.threads-per-operation=1",
                "cpu.probe-operations=1",
                "learner.batch-size=" + batchSize,
                "replay.samples-per-insert=" + 16 * batchSize,
                "replay.tolerance=" + 64 * 16 * batchSize,
                "probe.policy=skip",
                "probe.schedule.plasticity=" + (probes ? 32_000 / batchSize / 10 * 10 : 0),
                "probe.finish-timeout=0s",
                "plasticity.steps=500",
                "run.evaluation-steps=0",
                "run.updates=" + (WARM_UP_UPDATES + updates)));
    assignments.addAll(changes);
    Stretch learner = new Stretch(WARM_UP_UPDATES, WARM_UP_UPDATES + updates);
    Busy busy = new Busy();
    try (AgentSetup setup = new AgentSetup(assignments)) {
      setup.run(new ObservedAgent(setup.factory(), learner::at, count -> {}), List.of(busy));
    }
    if (probes) {
      add(batchSize, "probes-busy", busy.share());
    }
    return learner.perSecond();
  }

  private void add(int batchSize, String name, double value) {
    figures.computeIfAbsent("batch-" + batchSize + "/" + name, key -> new Rounds()).add(value);
  }

  /** The share of the time from the first measurement's end to the last's in which one ran. */
  private static final class Busy implements MetricSink {

    private Instant first;
    private Instant last;
    private double seconds;

    @Override
    public String name() {
      return "busy";
    }

    @Override
    public void accept(Report report, Instant time) {
      report.measurements().stream()
          .filter(m -> m.metric() == Metric.PROBE_DURATION)
          .forEach(m -> ended(m.value(), time));
    }

    private void ended(double duration, Instant time) {
      if (first == null) {
        first = time;
      } else {
        seconds += duration;
        last = time;
      }
    }

    double share() {
      if (last == null) {
        throw new IllegalStateException("fewer than two measurements ended within the run");
      }
      return seconds / (Duration.between(first, last).toMillis() / 1e3);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
