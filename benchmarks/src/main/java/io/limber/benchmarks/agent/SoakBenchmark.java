package io.limber.benchmarks.agent;

import io.limber.benchmarks.JsonReport;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.ProcessMeter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Does memory stay flat in a long run? Asked of it: resident memory grows by less than 1 MB per
 * 10,000 updates after the warm-up, over 200,000 updates in one process, probes included.
 *
 * <p>The shipped defaults with a replay that is full after a tenth of the run. {@code
 * benchmarks/run soak [UPDATES]}, 200,000 if absent: about five minutes.
 */
public final class SoakBenchmark {

  private static final double MEGABYTE = 1e6;

  private SoakBenchmark() {}

  /**
   * @param arguments updates, 200,000 if absent
   */
  public static void main(String[] arguments) throws IOException {
    long updates = arguments.length > 0 ? Long.parseLong(arguments[0]) : 200_000;
    List<String> assignments =
        List.of(
            "run.updates=" + updates,
            "run.evaluation-steps=0",
            "replay.capacity=" + Math.max(2000, updates / 10),
            "probe.schedule.plasticity=" + updates / 20);
    Trace trace = new Trace(updates / 40);
    long start = System.nanoTime();
    try (AgentSetup setup = new AgentSetup(assignments)) {
      setup.run(new ObservedAgent(setup.factory(), trace::at, count -> {}), new ArrayList<>());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("updates", updates);
    results.put("updates-per-second", updates / seconds);
    results.put("warm-up-updates", updates / 4);
    results.put("resident-megabytes", trace.megabytes);
    results.put("megabytes-per-10000-updates", trace.slope(updates / 4.0) * 10_000);
    JsonReport.print("soak", results);
  }

  /** Resident memory over learner steps. */
  private static final class Trace {

    private final ProcessMeter meter = new ProcessMeter(InstantSource.system(), Path.of("."));
    private final long period;
    private final List<Double> steps = new ArrayList<>();
    private final List<Double> megabytes = new ArrayList<>();

    Trace(long period) {
      this.period = period;
    }

    void at(long step) {
      if (step >= (steps.size() + 1) * period) {
        steps.add((double) step);
        megabytes.add(meter.measure().get(Metric.PROCESS_RESIDENT_MEMORY) / MEGABYTE);
      }
    }

    /** Least-squares slope in MB per update over the points from {@code warmUp} on. */
    double slope(double warmUp) {
      double n = 0;
      double sumX = 0;
      double sumY = 0;
      double sumXx = 0;
      double sumXy = 0;
      for (int i = 0; i < steps.size(); i++) {
        double x = steps.get(i);
        if (x >= warmUp) {
          n++;
          sumX += x;
          sumY += megabytes.get(i);
          sumXx += x * x;
          sumXy += x * megabytes.get(i);
        }
      }
      return (n * sumXy - sumX * sumY) / (n * sumXx - sumX * sumX);
    }
  }
}
