package io.limber.benchmarks.agent;

import io.limber.benchmarks.JsonReport;
import io.limber.benchmarks.Rounds;
import io.limber.core.agent.Learner;
import io.limber.core.agent.UpdateReport;
import io.limber.core.replay.Transitions;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What does an intervention cost? Asked of those that fire at target updates: under 2 % of the
 * updates' time, that is of a firing spread over the 1,000 updates of a period.
 *
 * <p>The shipped defaults (MLP 784-512-512-10, Adam, batch 32, 10 updates per call), the bare
 * learner on one prefilled batch. Per round and intervention: the median call without a firing
 * against the one of a learner without interventions, measured in turns; and the median call with a
 * firing, less one without. {@code benchmarks/run interventions [ROUNDS]}, about two minutes per
 * round.
 */
public final class InterventionBenchmark {

  private static final int PERIOD = 1_000;
  private static final int CALLS = 100;
  private static final String OFTEN = "interventions.%s.when=every 50";

  private final Map<String, Rounds> figures = new LinkedHashMap<>();

  private InterventionBenchmark() {}

  /**
   * @param arguments rounds, 3 if absent
   */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    InterventionBenchmark benchmark = new InterventionBenchmark();
    for (int round = 1; round <= rounds; round++) {
      System.err.println("interventions: round " + round + " of " + rounds);
      benchmark.round();
    }
    Map<String, Object> results = new LinkedHashMap<>();
    benchmark.figures.forEach((name, figure) -> results.put(name, figure.toJson()));
    JsonReport.print("interventions", results);
  }

  private void round() throws IOException {
    for (String name : List.of("reset-last-layer", "reset-optimizer", "shrink-and-perturb")) {
      measure(name, OFTEN.formatted(name));
    }
    measure("redo", OFTEN.formatted("redo"), "interventions.redo.dormant-threshold=0.4");
    measure(
        "continual-backprop",
        OFTEN.formatted("continual-backprop"),
        "interventions.continual-backprop.maturity=100");
    measure("l2-init", "interventions.l2-init.strength=1.0e-4");
    measure("spectral-normalisation", "interventions.spectral-normalisation.enabled=true");
    measure("plasticity-injection", "interventions.plasticity-injection.when=once 50");
    measure("nap", OFTEN.formatted("nap"), "network.layer-norm=true");
  }

  /** The same settings without the interventions are what it is held against. */
  private void measure(String name, String... assignments) throws IOException {
    List<String> plain =
        Arrays.stream(assignments).filter(a -> !a.startsWith("interventions.")).toList();
    try (AgentSetup without = new AgentSetup(plain);
        AgentSetup with = new AgentSetup(List.of(assignments));
        Learner bare = without.factory().createLearner();
        Learner treated = with.factory().createLearner()) {
      Transitions batch = without.prefilled();
      double[] bareCalls = new double[CALLS];
      double[] ordinary = new double[CALLS];
      double[] firing = new double[CALLS];
      int quiet = 0;
      int fired = 0;
      for (int call = -CALLS / 5; call < CALLS; call++) {
        bareCalls[Math.max(call, 0)] = milliseconds(bare, batch, null);
        UpdateReport[] report = new UpdateReport[1];
        double time = milliseconds(treated, batch, report);
        if (call < 0) {
          continue;
        }
        if (report[0].firings().isEmpty()) {
          ordinary[quiet++] = time;
        } else {
          firing[fired++] = time;
        }
      }
      add(name, median(bareCalls, CALLS), median(ordinary, quiet), median(firing, fired), bare);
    }
  }

  private void add(String name, double bare, double ordinary, double firing, Learner learner) {
    figure(name + "/updates-per-second-ratio").add(bare / ordinary);
    if (firing > 0) {
      double cost = firing - ordinary;
      double period = bare / learner.updatesPerCall() * PERIOD;
      figure(name + "/milliseconds-per-firing").add(cost);
      figure(name + "/percent-of-a-period").add(100 * cost / period);
    }
  }

  private Rounds figure(String name) {
    return figures.computeIfAbsent(name, key -> new Rounds());
  }

  private static double milliseconds(Learner learner, Transitions batch, UpdateReport[] report) {
    long start = System.nanoTime();
    UpdateReport seen = learner.update(batch);
    double time = (System.nanoTime() - start) / 1e6;
    if (report != null) {
      report[0] = seen;
    }
    return time;
  }

  /** Of the first {@code count}; 0 where there are none. */
  private static double median(double[] values, int count) {
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return count == 0 ? 0 : sorted[count / 2];
  }
}
