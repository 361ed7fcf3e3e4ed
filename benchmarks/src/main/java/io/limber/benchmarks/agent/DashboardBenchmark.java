package io.limber.benchmarks.agent;

import io.limber.app.dashboard.DashboardExtras;
import io.limber.app.dashboard.DashboardServer;
import io.limber.app.history.History;
import io.limber.app.history.HistorySink;
import io.limber.app.history.RunStatus;
import io.limber.app.history.ShownRun;
import io.limber.benchmarks.JsonReport;
import io.limber.benchmarks.Rounds;
import io.limber.streams.metrics.MetricSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What do 50 pages that watch a running agent, and one that never reads, cost it? Asked: at least
 * 97 % of the updates per second of the same run without them, and memory that does not grow.
 *
 * <p>The whole agent with the shipped defaults. The pages are another process on the same cores, so
 * the figure is what a person loses who watches on the machine that trains. {@code benchmarks/run
 * dashboard [ROUNDS [UPDATES]]}: 3 rounds of 12,000 updates if absent.
 */
public final class DashboardBenchmark {

  private static final int WARM_UP_UPDATES = 2000;
  private static final int READERS = 50;

  private final Map<String, Rounds> figures = new LinkedHashMap<>();
  private final int updates;

  private DashboardBenchmark(int updates) {
    this.updates = updates;
  }

  /**
   * @param arguments rounds, 3 if absent, and updates of each stretch, 12,000 if absent
   */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    int updates = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 12_000;
    DashboardBenchmark benchmark = new DashboardBenchmark(updates);
    for (int round = 1; round <= rounds; round++) {
      System.err.println("dashboard: round " + round + " of " + rounds);
      benchmark.round();
    }
    Map<String, Object> results = new LinkedHashMap<>();
    benchmark.figures.forEach((name, figure) -> results.put(name, figure.toJson()));
    JsonReport.print("dashboard", results);
  }

  /** Without pages before and after, because the machine drifts. */
  private void round() throws IOException {
    double before = unwatched();
    double watched = watched();
    double alone = (before + unwatched()) / 2;
    add("updates-per-second-alone", alone);
    add("updates-per-second-watched", watched);
    add("ratio", watched / alone);
  }

  private double unwatched() throws IOException {
    return run(new Stretch(WARM_UP_UPDATES, WARM_UP_UPDATES + updates / 2), updates / 2, List.of());
  }

  private double watched() throws IOException {
    Stretch learner = new Stretch(WARM_UP_UPDATES, WARM_UP_UPDATES + updates);
    History history = new History(RunStatus.of(RunStatus.State.RUNNING));
    ShownRun shown = new ShownRun("run", Path.of("."), () -> history);
    try (AgentSetup setup = new AgentSetup(assignments(updates));
        DashboardServer server =
            DashboardServer.open(
                setup.settings().dashboard(), List.of(shown), DashboardExtras.none());
        Pages pages = Pages.open(server.address(), READERS)) {
      HeapGrowth heap = new HeapGrowth(WARM_UP_UPDATES, updates);
      setup.run(
          new ObservedAgent(
              setup.factory(),
              step -> {
                learner.at(step);
                heap.at(step);
              },
              count -> {}),
          List.of(new HistorySink(history)));
      add("pages-open-at-the-end", server.openStreams());
      add("pages-dropped", server.droppedClients());
      add("updates-of-pages", pages.updates());
      add("live-heap-growth-mib", heap.mebibytes());
    }
    return learner.perSecond();
  }

  private double run(Stretch learner, int length, List<MetricSink> sinks) throws IOException {
    try (AgentSetup setup = new AgentSetup(assignments(length))) {
      setup.run(new ObservedAgent(setup.factory(), learner::at, count -> {}), sinks);
    }
    return learner.perSecond();
  }

  private static List<String> assignments(int length) {
    return List.of(
        "probe.schedule.plasticity=0",
        "run.evaluation-steps=0",
        "dashboard.slow-client-timeout=2s",
        "run.updates=" + (WARM_UP_UPDATES + length));
  }

  private void add(String name, double value) {
    figures.computeIfAbsent(name, key -> new Rounds()).add(value);
  }

  /** What garbage collection leaves, at the beginning and at the end. */
  private static final class HeapGrowth {
    private final long from;
    private final long to;
    private long before;
    private long after;

    HeapGrowth(long warmUp, long length) {
      from = warmUp / 2; // outside of the stretch that is timed
      to = warmUp + length;
    }

    void at(long step) {
      if (before == 0 && step >= from) {
        before = live();
      } else if (after == 0 && step >= to) {
        after = live();
      }
    }

    private static long live() {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      return runtime.totalMemory() - runtime.freeMemory();
    }

    double mebibytes() {
      return (after - before) / (double) (1 << 20);
    }
  }
}
