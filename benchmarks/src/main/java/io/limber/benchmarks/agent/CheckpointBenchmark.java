package io.limber.benchmarks.agent;

import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.console.ProgressView;
import io.limber.app.run.AgentSource;
import io.limber.app.run.Outcome;
import io.limber.app.run.RunView;
import io.limber.app.run.TemporaryFolder;
import io.limber.app.run.TensorFlowAgents;
import io.limber.app.run.TrainingRun;
import io.limber.benchmarks.JsonReport;
import io.limber.benchmarks.Rounds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/**
 * What does a checkpoint every 10,000 updates cost in updates per second (asked: at most 2 %), and
 * how long does it take from a resume to its first update with a full replay of 100,000 transitions
 * (asked: under 5 s)?
 *
 * <p>Whole runs of the default agent without probes, without and with checkpoints in turns; the
 * time of a resume begins where {@code limber resume} hands over to the run, so the start of a JVM
 * is not in it. {@code benchmarks/run checkpoint [ROUNDS [UPDATES [PERIOD]]]}: 3 rounds of 30,000
 * updates with a checkpoint every 10,000 if absent. A shorter period shows on a noisy machine what
 * a longer one costs, because what a checkpoint costs does not grow with the period, but for the
 * rows that come in it.
 */
public final class CheckpointBenchmark {

  private static final int WARM_UP_UPDATES = 2000;
  private static final int CAPACITY = 100_000;

  private final Map<String, Rounds> figures = new LinkedHashMap<>();
  private final Path folder;
  private final int updates;
  private final int period;

  private CheckpointBenchmark(Path folder, int updates, int period) {
    this.folder = folder;
    this.updates = updates;
    this.period = period;
  }

  /**
   * @param arguments rounds, updates and period; the last ones may be absent
   */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    int updates = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30_000;
    int period = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10_000;
    try (TemporaryFolder folder = TemporaryFolder.create("checkpoint-benchmark")) {
      CheckpointBenchmark benchmark = new CheckpointBenchmark(folder.path(), updates, period);
      for (int round = 1; round <= rounds; round++) {
        System.err.println("checkpoint: round " + round + " of " + rounds);
        benchmark.round(round);
      }
      Map<String, Object> results = new LinkedHashMap<>();
      benchmark.figures.forEach((name, figure) -> results.put(name, figure.toJson()));
      JsonReport.print("checkpoint", results);
    }
  }

  /** Without before and after, because the machine drifts. */
  private void round(int round) throws IOException {
    Stretch before = stretch(round + "-before", 0);
    Stretch with = stretch(round + "-with", period);
    Stretch after = stretch(round + "-after", 0);
    double without = (before.perSecond() + after.perSecond()) / 2;
    add("updates-per-second-without", without);
    add("updates-per-second-with", with.perSecond());
    add("ratio", with.perSecond() / without);
    double cpuWithout = (before.cpuMillis() + after.cpuMillis()) / 2;
    add("cpu-milliseconds-per-update-without", cpuWithout);
    add("cpu-milliseconds-per-update-with", with.cpuMillis());
    add("cpu-milliseconds-per-checkpoint", (with.cpuMillis() - cpuWithout) * period);
    add("seconds-from-resume-to-first-update", resume(folder.resolve(round + "-with")));
  }

  private Stretch stretch(String name, int every) throws IOException {
    Stretch stretch = new Stretch(WARM_UP_UPDATES, updates);
    run(stretch::at, updates, every).run(Optional.of(folder.resolve(name)), never());
    return stretch;
  }

  /** Goes on for one call more. */
  private double resume(Path run) throws IOException {
    CompletableFuture<Long> first = new CompletableFuture<>();
    TrainingRun resumed = run(step -> first.complete(System.nanoTime()), updates + 10, 10_000);
    long start = System.nanoTime();
    Outcome outcome = resumed.resume(run, OptionalLong.empty(), never()).outcome();
    if (outcome != Outcome.COMPLETED) {
      throw new IllegalStateException("the resumed run " + outcome);
    }
    return (first.join() - start) / 1e9;
  }

  private static TrainingRun run(LongConsumer onUpdate, int updates, int period) {
    List<Assignment> assignments = new ArrayList<>();
    for (String assignment :
        List.of(
            "device=cpu",
            "probe.schedule.plasticity=0",
            "replay.capacity=" + CAPACITY,
            "replay.min-size=" + CAPACITY, // full from the first update on
            "run.evaluation-steps=0",
            "run.updates=" + updates,
            "checkpoint.period=" + period)) {
      assignments.add(Assignment.parse("--set", assignment));
    }
    EffectiveConfig config =
        EffectiveConfig.resolve(new ConfigSources(Optional.empty(), List.of(), assignments));
    AgentSource agents =
        (settings, random, observations, actions, programs) -> {
          AgentSource.Agent agent =
              new TensorFlowAgents().open(settings, random, observations, actions, programs);
          return new AgentSource.Agent(
              new ObservedAgent(agent.factory(), onUpdate, count -> {}),
              agent.layout(),
              agent.optimizer());
        };
    return new TrainingRun(config, agents, new Nobody());
  }

  private static <T> CompletableFuture<T> never() {
    return new CompletableFuture<>();
  }

  private void add(String name, double value) {
    figures.computeIfAbsent(name, key -> new Rounds()).add(value);
  }

  /** Does not look on. */
  private static final class Nobody implements RunView {

    @Override
    public void table(String title, Map<String, String> rows) {}

    @Override
    public ProgressView progress(String task, long total, Duration interval) {
      return new ProgressView() {
        @Override
        public void update(long done, String detail) {}

        @Override
        public void close() {}
      };
    }
  }
}
