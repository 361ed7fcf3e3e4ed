package io.limber.benchmarks.replay;

import io.limber.benchmarks.JsonReport;
import io.limber.benchmarks.Rounds;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Does the replay table keep up? Asked of it: 1,000,000 inserts per second of 784-byte observations
 * in chunks of 64; batches of 32 and 256 drawn at 30 % or more of the bandwidth of a plain copy
 * loop ({@link CopyState}) on as many bytes; the same within 20 % at ten times the capacity.
 *
 * <p>{@code benchmarks/run replay [ROUNDS]}, about 90 seconds per round, 2 GB of memory.
 *
 * <p>Last answer, two cores of an AMD EPYC (Zen 4) with other builds running, medians of 3 rounds:
 * 7.6 and 7.5 million inserts per second at 100,000 and 1,000,000; batches of 32 at 0.41 and 0.34
 * of the copy loop, of 256 at 0.41 and 0.31; ten times the capacity has 0.89 (32) and 0.91 (256) of
 * the speed. Single rounds fell to 0.22 (32 at 100,000) and 0.29 (256 at 1,000,000) of the copy
 * loop. Page translation is a part of it: with huge pages (glibc 2.35 and later: {@code
 * GLIBC_TUNABLES=glibc.malloc.hugetlb=1}) a trial of the same layout drew 8 to 19 % faster at
 * 1,000,000.
 */
public final class ReplayBenchmark {

  private static final int[] CAPACITIES = {100_000, 1_000_000};
  private static final int[] BATCH_SIZES = {32, 256};

  /**
   * Percentile of the 10-millisecond iterations that stands for a round. Other processes take whole
   * slices of a core, so a mean would measure them; this one sees the machine undisturbed, for the
   * table and for the copy loop alike.
   */
  private static final double UNDISTURBED = 90;

  private final Map<String, Rounds> figures = new LinkedHashMap<>();

  private ReplayBenchmark() {}

  /**
   * @param arguments rounds, 3 if absent
   */
  public static void main(String[] arguments) throws RunnerException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    var benchmark = new ReplayBenchmark();
    for (int round = 1; round <= rounds; round++) {
      System.err.println("replay: round " + round + " of " + rounds);
      benchmark.measure();
    }
    JsonReport.print("replay", benchmark.results());
  }

  private void measure() throws RunnerException {
    for (int capacity : CAPACITIES) {
      add("insert", capacity, BATCH_SIZES[0]);
      for (int batchSize : BATCH_SIZES) {
        add("copy", capacity, batchSize);
        add("sample", capacity, batchSize);
      }
    }
  }

  private void add(String operation, int capacity, int batchSize) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(ReplayOperations.class.getName() + "\\." + operation + "$")
            .param("capacity", String.valueOf(capacity))
            .param("batchSize", String.valueOf(batchSize))
            .verbosity(VerboseMode.SILENT)
            .build();
    RunResult result = new Runner(options).runSingle();
    figures
        .computeIfAbsent(key(operation, capacity, batchSize), key -> new Rounds())
        .add(result.getPrimaryResult().getStatistics().getPercentile(UNDISTURBED));
  }

  private Map<String, Object> results() {
    var results = new LinkedHashMap<String, Object>();
    for (int capacity : CAPACITIES) {
      results.put("capacity-" + capacity, atCapacity(capacity));
    }
    results.put(
        "capacity-" + CAPACITIES[1] + "-over-" + CAPACITIES[0],
        Map.of(
            "inserts", growth("insert", BATCH_SIZES[0]).toJson(),
            "sample-32", growth("sample", 32).toJson(),
            "sample-256", growth("sample", 256).toJson()));
    return results;
  }

  private Map<String, Object> atCapacity(int capacity) {
    var results = new LinkedHashMap<String, Object>();
    results.put("inserts-per-second", figure("insert", capacity, BATCH_SIZES[0]).toJson());
    for (int batchSize : BATCH_SIZES) {
      Rounds sample = figure("sample", capacity, batchSize);
      Rounds copy = figure("copy", capacity, batchSize);
      double gigabytes = batchSize * TableState.SPEC.bytes() / 1e9; // per batch
      results.put(
          "sample-" + batchSize,
          Map.of(
              "gigabytes-per-second", sample.times(gigabytes).toJson(),
              "copy-gigabytes-per-second", copy.times(gigabytes).toJson(),
              "ratio-to-copy", sample.over(copy).toJson()));
    }
    return results;
  }

  private Rounds growth(String operation, int batchSize) {
    return figure(operation, CAPACITIES[1], batchSize)
        .over(figure(operation, CAPACITIES[0], batchSize));
  }

  private Rounds figure(String operation, int capacity, int batchSize) {
    return figures.get(key(operation, capacity, batchSize));
  }

  private static String key(String operation, int capacity, int batchSize) {
    return operation + "-" + capacity + "-" + batchSize;
  }
}
