package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.metrics.Metric;
import io.limber.testkit.process.JavaProcess;
import io.limber.testkit.process.Trend;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A long life in a short time: fault 18. A small network, so that hundreds of thousands of updates
 * take minutes, with all that a run does now and then: checkpoints, probes, snapshots, reports, a
 * node. Pass: memory, native memory, open files and threads of both processes are flat, and no dead
 * letters come.
 */
@Tag("long")
class SoakIT {

  private static final int UPDATES = 1_000_000;
  private static final Duration LIMIT = Duration.ofMinutes(40);

  private static final double RESIDENT_MIB_PER_100_000_UPDATES = 8;
  private static final double DIRECT_MIB_PER_100_000_UPDATES = 1;

  @TempDir private Path folder;

  @Test
  void run_ofHundredsOfThousandsOfUpdates_takesNoMoreAndMore() throws Exception {
    try (Fleet fleet = new Fleet(folder, 2)) {
      JavaProcess training =
          fleet.train(
              "127.0.0.1:0",
              Fleet.FLAT_HEAP,
              "checkpoint.period=5000",
              "probe.schedule.plasticity=10000",
              "plasticity.steps=20",
              "plasticity.transitions=64",
              "probe.schedule.statistics=5000",
              "statistics.transitions=64");
      JavaProcess acting = Fleet.hosting(fleet.node("node"));
      fleet.awaitAllActing();

      Meter run = new Meter(training);
      Meter node = new Meter(acting);
      Trend direct = new Trend();
      double halfway = -1;
      long start = System.nanoTime();
      for (int goal = 5000; goal <= UPDATES; goal += 5000) {
        int updates = goal;
        Meter.until(
            goal + " updates",
            LIMIT,
            () -> fleet.log().sum(Metric.LEARNER_UPDATES) >= updates,
            run,
            node);
        direct.add(System.nanoTime(), fleet.log().sum(Metric.PROCESS_DIRECT_MEMORY) / (1 << 20));
        if (goal == UPDATES / 2) {
          halfway = fleet.log().sum(Metric.PROCESS_DEAD_LETTERS);
        }
      }
      double minutes = (System.nanoTime() - start) / 60e9;
      double perMinute = UPDATES / minutes;
      double deadLetters = fleet.log().sum(Metric.PROCESS_DEAD_LETTERS) - halfway;
      print(fleet.log(), minutes, run, node, direct, deadLetters);
      fleet.stop();

      double scale = 100_000 / perMinute;
      for (Meter meter : new Meter[] {run, node}) {
        assertThat(meter.residentSlope() * scale)
            .as("resident MiB per 100,000 updates")
            .isLessThan(RESIDENT_MIB_PER_100_000_UPDATES);
        assertThat(meter.threadSlope() * scale).as("threads per 100,000 updates").isLessThan(1);
        assertThat(meter.fileSlope() * scale).as("files per 100,000 updates").isLessThan(1);
      }
      assertThat(direct.from(0.4).perMinute() * scale)
          .as("MiB of direct buffers per 100,000 updates")
          .isLessThan(DIRECT_MIB_PER_100_000_UPDATES);
      assertThat(deadLetters).as("dead letters in the second half").isLessThan(10);
      assertThat(fleet.log().sum(Metric.PROBE_FAILED)).isZero();
      assertThat(fleet.log().sum(Metric.CHECKPOINT_FAILURES)).isZero();
      fleet.audit();
    }
  }

  private static void print(
      EventLog log, double minutes, Meter run, Meter node, Trend direct, double deadLetters)
      throws IOException {
    System.out.printf(
        Locale.ROOT,
        "{\"soak\":{\"updates\":%.0f,\"minutes\":%.1f,\"transitions\":%.0f,\"checkpoints\":%.0f,"
            + "\"measurements\":%.0f,\"direct-mib\":%.1f,\"direct-mib-per-minute\":%.2f,"
            + "\"dead-letters-in-second-half\":%.0f,\"run\":%s,\"node\":%s}}%n",
        log.sum(Metric.LEARNER_UPDATES),
        minutes,
        log.sum(Metric.CLUSTER_TRANSITIONS),
        log.sum(Metric.CHECKPOINT_COMPLETED),
        log.sum(Metric.PROBE_COMPLETED),
        direct.from(0.4).mean(),
        direct.from(0.4).perMinute(),
        deadLetters,
        run.json(),
        node.json());
  }
}
