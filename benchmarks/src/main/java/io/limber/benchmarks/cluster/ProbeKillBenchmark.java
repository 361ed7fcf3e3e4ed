package io.limber.benchmarks.cluster;

import static io.limber.benchmarks.cluster.RunReports.value;

import io.limber.app.cluster.NodeRun;
import io.limber.app.run.TemporaryFolder;
import io.limber.benchmarks.JsonReport;
import io.limber.benchmarks.Sample;
import io.limber.benchmarks.UpdateTimes;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What does the death of a probe node cost training? Asked: updates per second unchanged within 5
 * %, and the measurement tried once more.
 *
 * <p>One run of the default agent with its environments in a second process and its probes in a
 * third, all on the same cores. In each cycle the probe node is killed twice ({@code kill -9}) and
 * started again, and the rate of updates in windows of {@value #WINDOW_SECONDS} s after a kill is
 * divided by that in the {@value #WINDOW_SECONDS} s before it. The start of a node and the {@value
 * #SETTLE_SECONDS} s after it fall into none of them. The placebo is the window before a kill over
 * the one before that: its median should be 1, and its spread is what the machine adds.
 *
 * <ul>
 *   <li>{@code idle}: killed between two measurements: what the loss itself costs, in {@value
 *       #IDLE_WINDOWS} windows one after the other. Within them the connection breaks, the node is
 *       missed (after about 5 s) and given up ({@code cluster.down-after} later). {@code idle/all}
 *       is the rate over all of them.
 *   <li>{@code at-work}: killed while it measures. In {@code unnoticed}, right after the kill, the
 *       learner has the cores that the node left, so it says little where they share them. In
 *       {@code measured-again}, {@value #SETTLE_SECONDS} s after the measurement was begun again,
 *       the run's own process measures, as a run does whose only probe node is gone.
 * </ul>
 *
 * <p>Ratios without unit; {@code updates-per-second} in the window before a kill; {@code
 * at-work/seconds-to-retry} from the kill to the report that the measurement is tried again; {@code
 * measurements}: how many were ordered, and what the run counted. {@code benchmarks/run probe-kill
 * [CYCLES [KEY=VALUE...]]}: 4 cycles if absent, of about 85 s each.
 */
public final class ProbeKillBenchmark {

  private static final int WINDOW_SECONDS = 4;
  private static final int SETTLE_SECONDS = 2;
  private static final int IDLE_WINDOWS = 4;
  private static final Duration WINDOW = Duration.ofSeconds(WINDOW_SECONDS);
  private static final Duration SETTLE = Duration.ofSeconds(SETTLE_SECONDS);
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final long NANOS = WINDOW.toNanos();

  private final Map<String, Sample> figures = new LinkedHashMap<>();
  private final WatchedRun run;
  private final RunReports reports;
  private final UpdateTimes updates;
  private NodeProcess node;
  private int ordered = 1; // at step 0, by the schedule

  private ProbeKillBenchmark(WatchedRun run) {
    this.run = run;
    reports = run.reports();
    updates = run.updates();
  }

  /**
   * @param arguments cycles, 4 if absent, then settings to change as for {@code --set}
   */
  public static void main(String[] arguments) throws IOException {
    int cycles = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4;
    List<String> settings =
        new ArrayList<>(
            List.of(
                "replay.min-size=2000",
                "probe.schedule.plasticity=1000000000", // at step 0 and whenever it is told to
                "plasticity.steps=2000", // the paper's; it outlasts the windows
                "probe.finish-timeout=0s",
                "checkpoint.period=0",
                "run.evaluation-steps=0",
                "run.updates=1000000000", // until it is stopped
                "run.system-report-interval=200ms"));
    settings.addAll(List.of(arguments).subList(Math.min(1, arguments.length), arguments.length));
    try (TemporaryFolder folder = TemporaryFolder.create("probe-kill")) {
      WatchedRun run = new WatchedRun(folder.path(), settings);
      NodeProcess environments = NodeProcess.start(NodeRun.ENVIRONMENT, run.member(), false);
      try {
        JsonReport.print("probe-kill", new ProbeKillBenchmark(run).results(cycles));
      } finally {
        environments.close();
      }
    }
    System.exit(0);
  }

  private Map<String, Object> results(int cycles) throws IOException {
    try {
      start();
      awaitMeasured();
      reports.pass(WARM_UP);
      for (int cycle = 1; cycle <= cycles; cycle++) {
        System.err.println("probe-kill: cycle " + cycle + " of " + cycles);
        killAtWork();
        killIdle();
      }
      reports.pass(SETTLE); // until the last counts are reported
      Map<String, Object> results = new LinkedHashMap<>();
      figures.forEach((name, figure) -> results.put(name, figure.toJson()));
      results.put("measurements", measurements());
      return results;
    } finally {
      node.close();
      run.stop();
    }
  }

  private void killAtWork() throws IOException {
    double retriedBefore = reports.last(Metric.PROBE_RETRIED);
    long order = System.nanoTime();
    run.measure("plasticity");
    ordered++;
    reports.await(
        "a node that measures",
        order,
        // probe-0 is the actor of the run's own process
        report -> !report.source().equals("probe-0") && value(report, Metric.PROBE_PROGRESS) > 0);
    long kill = killAfterPlacebo("at-work");
    long again = awaitRetry(kill, retriedBefore);
    reports.pass(SETTLE.plus(WINDOW));
    add("at-work/unnoticed", ratio(kill, kill));
    add("at-work/seconds-to-retry", (again - kill) / 1e9);
    start();
    long from = again + SETTLE.toNanos();
    if (awaitMeasured() > from + NANOS) {
      add("at-work/measured-again", ratio(kill, from));
    }
  }

  private long awaitRetry(long kill, double before) throws IOException {
    long answer =
        reports.await(
            "another try",
            kill,
            report -> value(report, Metric.PROBE_RETRIED) > before || over(report));
    if (reports.last(Metric.PROBE_RETRIED) <= before) {
      throw new IllegalStateException(
          "the measurement was over before its node was killed: plasticity.steps must be larger");
    }
    return answer;
  }

  private void killIdle() throws IOException {
    long kill = killAfterPlacebo("idle");
    reports.pass(WINDOW.multipliedBy(IDLE_WINDOWS).plus(SETTLE));
    for (int window = 0; window < IDLE_WINDOWS; window++) {
      String name = window * WINDOW_SECONDS + "-" + (window + 1) * WINDOW_SECONDS + "s";
      add("idle/" + name, ratio(kill, kill + window * NANOS));
    }
    add(
        "idle/all",
        updates.perSecond(kill, kill + IDLE_WINDOWS * NANOS)
            / updates.perSecond(kill - NANOS, kill));
    start();
  }

  /** Kills the node after two windows in which nothing happens; returns when. */
  private long killAfterPlacebo(String name) {
    reports.pass(SETTLE.plus(WINDOW.multipliedBy(2)));
    long kill = System.nanoTime();
    node.close();
    reports.pass(WINDOW);
    add(name + "/updates-per-second", updates.perSecond(kill - NANOS, kill));
    add(name + "/placebo", ratio(kill - NANOS, kill - NANOS));
    return kill;
  }

  /** Rate of the window from {@code window} on over that of the one before {@code event}. */
  private double ratio(long event, long window) {
    return updates.perSecond(window, window + NANOS) / updates.perSecond(event - NANOS, event);
  }

  /** Back when the run may measure there. */
  private void start() throws IOException {
    long start = System.nanoTime();
    node = NodeProcess.start(NodeRun.PROBE, run.member(), false);
    reports.await(
        "a node that may measure", start, report -> value(report, Metric.CLUSTER_PROBE_NODES) == 1);
  }

  /** Back when nothing is left to be measured; returns since when. */
  private long awaitMeasured() throws IOException {
    return reports.await("the end of all measurements", 0, this::over);
  }

  private boolean over(Report report) {
    return value(report, Metric.PROBE_COMPLETED) + value(report, Metric.PROBE_FAILED) >= ordered;
  }

  private Map<String, Object> measurements() throws IOException {
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("ordered", ordered);
    counts.put("completed", reports.last(Metric.PROBE_COMPLETED));
    counts.put("retried", reports.last(Metric.PROBE_RETRIED));
    counts.put("skipped", reports.last(Metric.PROBE_SKIPPED));
    counts.put("failed", reports.last(Metric.PROBE_FAILED));
    counts.put("lost-at-work", reports.last(Metric.CLUSTER_PROBE_LOSSES));
    return counts;
  }

  private void add(String name, double value) {
    figures.computeIfAbsent(name, key -> new Sample()).add(value);
  }
}
