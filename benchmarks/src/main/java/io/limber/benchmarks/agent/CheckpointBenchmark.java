package io.limber.benchmarks.agent;

import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.console.ProgressView;
import io.limber.app.run.Outcome;
import io.limber.app.run.RunView;
import io.limber.app.run.TemporaryFolder;
import io.limber.app.run.TrainingRun;
import io.limber.benchmarks.JsonReport;
import io.limber.benchmarks.Sample;
import io.limber.benchmarks.UpdateTimes;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.streams.metrics.JsonLinesReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/**
 * What does a checkpoint every 10,000 updates cost in updates per second (asked: at most 2 %), and
 * how long does it take from a resume to its first update with a full replay of 100,000 transitions
 * (asked: under 5 s)?
 *
 * <p>One run of the default agent without probes, whose replay is full from the first update on. A
 * checkpoint's window begins with the update that it is due at and ends {@value #TAIL_SECONDS} s
 * after it was completed ({@code checkpoint/duration}); what it lost are the updates that the rate
 * in the {@value #BESIDE_SECONDS} s before and after the window would have made in it, less those
 * made ({@link UpdateTimes#lost}). Its share of the period is the cost asked for. Each checkpoint
 * has a placebo: a window as long, half a period later, where nothing happens; its mean should be
 * 0, and its spread is what the machine adds. The first checkpoint, which writes all rows of replay
 * instead of a period's, stands apart.
 *
 * <p>Figures:
 *
 * <ul>
 *   <li>{@code cost}, {@code placebo-cost}: lost updates / period, without unit
 *   <li>{@code lost-updates}, {@code placebo-lost-updates}, {@code first-lost-updates}: updates
 *   <li>{@code window-seconds}: from request to {@value #TAIL_SECONDS} s after the end
 *   <li>{@code checkpoint-seconds}, {@code stall-seconds}, {@code megabytes}: as the run reports
 *       them, and MB of 10⁶ bytes
 *   <li>{@code updates-per-second}: of each period, checkpoint included
 *   <li>{@code seconds-from-resume-to-first-update}: from where {@code limber resume} hands over to
 *       the run, so the start of a JVM is not in it, to the end of the first call
 * </ul>
 *
 * <p>{@code benchmarks/run checkpoint [CHECKPOINTS [PERIOD]]}: 30 checkpoints, one every 10,000
 * updates, if absent; about five minutes at 1,100 updates/s. A period must last about 10 s.
 */
public final class CheckpointBenchmark {

  private static final int CAPACITY = 100_000;
  private static final int RESUMES = 3;

  /** What a checkpoint leaves to be made up for, such as inserts that waited. */
  private static final int TAIL_SECONDS = 1;

  private static final int BESIDE_SECONDS = 2;
  private static final long BESIDE = Duration.ofSeconds(BESIDE_SECONDS).toNanos();
  private static final long TAIL = Duration.ofSeconds(TAIL_SECONDS).toNanos();

  private final Map<String, Sample> figures = new LinkedHashMap<>();
  private final UpdateTimes updates = new UpdateTimes();
  private final Path folder;
  private final int checkpoints;
  private final int period;

  private CheckpointBenchmark(Path folder, int checkpoints, int period) {
    this.folder = folder;
    this.checkpoints = checkpoints;
    this.period = period;
  }

  /**
   * @param arguments checkpoints and period; the last ones may be absent
   */
  public static void main(String[] arguments) throws IOException {
    int checkpoints = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
    int period = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
    try (TemporaryFolder temporary = TemporaryFolder.create("checkpoint-benchmark")) {
      CheckpointBenchmark benchmark =
          new CheckpointBenchmark(temporary.path().resolve("run"), checkpoints, period);
      benchmark.run();
      Map<String, Object> results = new LinkedHashMap<>();
      benchmark.figures.forEach((name, figure) -> results.put(name, figure.toJson()));
      JsonReport.print("checkpoint", results);
    }
  }

  private void run() throws IOException {
    // the last one has a period behind it as well, and the run's end another checkpoint
    int last = (checkpoints + 2) * period;
    requireCompleted(training(updates::at, last).run(Optional.of(folder), never()).outcome());
    Map<Long, Map<Metric, Double>> reports = reports();
    add("first-lost-updates", lost(period, period, reports));
    for (long step = 2L * period; step <= (checkpoints + 1L) * period; step += period) {
      event(step, reports);
    }
    for (int i = 1; i <= RESUMES; i++) {
      add("seconds-from-resume-to-first-update", resume(last + 10 * i));
    }
  }

  private void event(long step, Map<Long, Map<Metric, Double>> reports) {
    double lost = lost(step, step, reports);
    double placebo = lost(step, step + period / 2, reports);
    Map<Metric, Double> report = reports.get(step);
    add("cost", lost / period);
    add("placebo-cost", placebo / period);
    add("lost-updates", lost);
    add("placebo-lost-updates", placebo);
    add("window-seconds", window(report) / 1e9);
    add("checkpoint-seconds", report.get(Metric.CHECKPOINT_DURATION));
    add("stall-seconds", report.get(Metric.CHECKPOINT_STALL));
    add("megabytes", report.get(Metric.CHECKPOINT_BYTES) / 1e6);
    add(
        "updates-per-second",
        updates.perSecond(updates.timeOf(step), updates.timeOf(step + period)));
  }

  /**
   * What a window lost that is as long as that of a checkpoint.
   *
   * @param checkpoint the step that it was due at
   * @param begin the step that the window begins at, at or after the checkpoint
   */
  private double lost(long checkpoint, long begin, Map<Long, Map<Metric, Double>> reports) {
    long window = window(reports.get(checkpoint));
    long from = updates.timeOf(begin);
    boolean apart = begin == checkpoint || from - BESIDE >= updates.timeOf(checkpoint) + window;
    if (!apart || from + window + BESIDE > updates.timeOf(checkpoint + period)) {
      throw new IllegalStateException(
          "period = " + period + " is too short here: windows of two checkpoints would overlap");
    }
    return updates.lost(from, from + window, BESIDE);
  }

  private static long window(Map<Metric, Double> report) {
    return (long) (report.get(Metric.CHECKPOINT_DURATION) * 1e9) + TAIL;
  }

  /** What was reported of each checkpoint, by its step. */
  private Map<Long, Map<Metric, Double>> reports() throws IOException {
    Map<Long, Map<Metric, Double>> reports = new TreeMap<>();
    new JsonLinesReader(folder.resolve("metrics.jsonl"))
        .read(
            timed -> {
              Map<Metric, Double> values = new EnumMap<>(Metric.class);
              for (Measurement measurement : timed.report().measurements()) {
                values.put(measurement.metric(), measurement.value());
              }
              if (values.containsKey(Metric.CHECKPOINT_DURATION)) {
                reports.put(timed.report().step(), values);
              }
            });
    return reports;
  }

  /** Goes on for one call more. */
  private double resume(int last) throws IOException {
    CompletableFuture<Long> first = new CompletableFuture<>();
    TrainingRun resumed = training(step -> first.complete(System.nanoTime()), last);
    long start = System.nanoTime();
    requireCompleted(resumed.resume(folder, OptionalLong.empty(), never()).outcome());
    return (first.join() - start) / 1e9;
  }

  private TrainingRun training(LongConsumer onUpdate, int last) {
    List<Assignment> assignments =
        List.of(
                "device=cpu",
                "probe.schedule.plasticity=0",
                "replay.capacity=" + CAPACITY,
                "replay.min-size=" + CAPACITY, // full from the first update on
                "run.evaluation-steps=0",
                "run.updates=" + last,
                "checkpoint.period=" + period)
            .stream()
            .map(assignment -> Assignment.parse("--set", assignment))
            .toList();
    EffectiveConfig config =
        EffectiveConfig.resolve(new ConfigSources(Optional.empty(), List.of(), assignments));
    return new TrainingRun(config, ObservedAgent.source(onUpdate), new Nobody());
  }

  private static void requireCompleted(Outcome outcome) {
    if (outcome != Outcome.COMPLETED) {
      throw new IllegalStateException("the run " + outcome);
    }
  }

  private static <T> CompletableFuture<T> never() {
    return new CompletableFuture<>();
  }

  private void add(String name, double value) {
    figures.computeIfAbsent(name, key -> new Sample()).add(value);
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
