package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.metrics.Metric;
import io.limber.testkit.process.JavaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A learner ten times slower than it was, fed by a node: fault 6. Pass: the limiter makes the
 * environments wait, across the network too, so that nothing piles up anywhere: the memory of both
 * processes is flat. (A dashboard's page that does not read is in EventStreamTest.)
 */
class SlowLearnerIT {

  private static final double SAMPLES_PER_INSERT = 32;
  private static final double TOLERANCE = 2048;
  private static final double MIN_SIZE = 600;
  private static final double SAMPLE_SIZE = 32 * 10;

  /**
   * Far above what a JVM still loads and compiles in half a minute, far below what a queue without
   * a bound would take: at 100,000 transitions a second it grows by 9,000.
   */
  private static final double SHORT_SLOPE_MIB_PER_MINUTE = 600;

  private static final double LONG_SLOPE_MIB_PER_MINUTE = 1;

  @TempDir private Path folder;

  @Test
  void slowLearner_forSomeSeconds_makesEnvironmentsWait() throws Exception {
    slow(15, SHORT_SLOPE_MIB_PER_MINUTE);
  }

  @Tag("long")
  @Test
  void slowLearner_forTenMinutes_leavesMemoryFlat() throws Exception {
    slow(600, LONG_SLOPE_MIB_PER_MINUTE);
  }

  /**
   * @param seconds that the limiter has to keep environments waiting
   */
  private void slow(double seconds, double slope) throws Exception {
    try (Fleet fleet = new Fleet(folder, 2)) {
      Meter run =
          new Meter(
              fleet.train(
                  SlowLearnerProgram.class,
                  "127.0.0.1:0",
                  Fleet.FLAT_HEAP,
                  "replay.tolerance=" + TOLERANCE,
                  "replay.samples-per-insert=" + SAMPLES_PER_INSERT,
                  "replay.min-size=" + (int) MIN_SIZE));
      JavaProcess started = Fleet.hosting(fleet.flatNode("node"));
      Meter node = new Meter(started);
      fleet.awaitAllActing();

      double before = fleet.log().sum(Metric.REPLAY_INSERT_BLOCKED);
      long start = System.nanoTime();
      Meter.until(
          "environments wait for " + seconds + " s",
          Duration.ofSeconds((long) (3 * seconds) + 120),
          () -> fleet.log().sum(Metric.REPLAY_INSERT_BLOCKED) >= before + seconds,
          run,
          node);
      double wall = (System.nanoTime() - start) * 1e-9;

      System.out.printf(
          "{\"slow-learner\":{\"seconds\":%.1f,\"environments-waited\":%.1f,\"learner-waited\":%.1f,"
              + "\"run\":%s,\"node\":%s}}%n",
          wall,
          fleet.log().sum(Metric.REPLAY_INSERT_BLOCKED) - before,
          fleet.log().sum(Metric.REPLAY_SAMPLE_BLOCKED),
          run.json(),
          node.json());
      fleet.stop();
      DoubleSummaryStatistics difference = fleet.log().all(Metric.REPLAY_LIMITER_DIFFERENCE);
      double offset = SAMPLES_PER_INSERT * MIN_SIZE;
      assertThat(difference.getMax())
          .isLessThan(offset + TOLERANCE + SAMPLES_PER_INSERT * Fleet.PER_ACTOR + SAMPLE_SIZE);
      assertThat(run.residentSlope()).as("MiB per minute of the run").isLessThan(slope);
      assertThat(node.residentSlope()).as("MiB per minute of the node").isLessThan(slope);
      fleet.audit();
    }
  }
}
