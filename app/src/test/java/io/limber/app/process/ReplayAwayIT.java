package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.metrics.Metric;
import io.limber.testkit.process.JavaProcess;
import io.limber.testkit.process.LiveHeap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replay node that is killed under load and stays away: fault 2, and what it costs those who
 * wait. Pass: the memory of the run's process and of the environment node is flat meanwhile, heap
 * and native; after that all goes on, and every transition is counted at most once.
 */
@Tag("long")
class ReplayAwayIT {

  private static final Duration AWAY = Duration.ofSeconds(90);
  private static final Duration SETTLED = Duration.ofSeconds(30);

  /** Some twenty seconds of them, for code that is compiled and buffers that are made once. */
  private static final int AT_FIRST = 100_000;

  /**
   * At 10,000 transitions a second a queue without a bound would grow by 500. Curves for a
   * dashboard grow by two until they are full.
   */
  private static final double SLOPE_MIB_PER_MINUTE = 4;

  private static final double HEAP_MIB = 4;
  private static final double MIB = 1 << 20;

  @TempDir private Path folder;

  @Test
  void replayNode_thatStaysAway_costsNoMemoryAndNoTransitionTwice() throws Exception {
    try (Fleet fleet = new Fleet(folder, 2)) {
      JavaProcess training =
          fleet.train(
              "127.0.0.1:0",
              Fleet.FLAT_HEAP,
              "cluster.replay=remote",
              "replay.samples-per-insert=4",
              "checkpoint.period=500");
      JavaProcess acting = fleet.flatNode("environments");
      JavaProcess replay = fleet.replayNode("replay");
      Fleet.hosting(acting);
      fleet.awaitAllActing();
      double seconds = fleet.moreTransitions(AT_FIRST);

      replay.kill();
      long start = System.nanoTime();
      Meter.until(
          "the run has noticed it, and all stand still",
          Fleet.LIMIT,
          () ->
              System.nanoTime() - start > SETTLED.toNanos()
                  && fleet.log().sum(Metric.CLUSTER_REPLAY_THERE) == 0);
      double before = fleet.inserted();
      Held run = new Held(training);
      Held node = new Held(acting);
      long away = System.nanoTime();
      Meter.until(
          "time passes",
          AWAY.plus(Fleet.LIMIT),
          () -> System.nanoTime() - away > AWAY.toNanos(),
          run.meter,
          node.meter);
      assertThat(fleet.inserted()).as("transitions while there is no replay").isEqualTo(before);
      run.end();
      node.end();

      long again = System.nanoTime();
      JavaProcess next = fleet.replayNode("again");
      next.awaitLine(line -> line.startsWith("node: keeps the replay of run "));
      fleet.moreTransitions(AT_FIRST / 10);
      System.out.printf(
          Locale.ROOT,
          "{\"replay-away\":{\"transitions-per-second\":%.0f,\"away-seconds\":%.0f,"
              + "\"seconds-until-it-went-on\":%.1f,\"lost\":%.0f,\"run\":%s,\"node\":%s}}%n",
          AT_FIRST / seconds,
          (again - start) * 1e-9,
          (System.nanoTime() - again) * 1e-9,
          fleet.log().sum(Metric.CLUSTER_REPLAY_LOST),
          run.json(),
          node.json());
      fleet.stop();

      assertThat(fleet.log().sum(Metric.CLUSTER_REPLAY_LOSSES)).isEqualTo(1);
      fleet.audit();
      for (Held held : new Held[] {run, node}) {
        assertThat(held.meter.residentSlope()).as("MiB/min").isLessThan(SLOPE_MIB_PER_MINUTE);
        assertThat(held.heapGrowth()).as("MiB of live heap").isLessThan(HEAP_MIB);
      }
    }
  }

  /** What a process holds from now on. */
  private static final class Held {

    private final JavaProcess process;
    private final Meter meter;
    private final double heapBefore;
    private double heapAfter = Double.NaN;

    private Held(JavaProcess process) throws IOException, InterruptedException {
      this.process = process;
      heapBefore = heap();
      meter = new Meter(process);
    }

    private double heap() throws IOException, InterruptedException {
      return LiveHeap.bytesOf(process.pid()) / MIB;
    }

    private void end() throws IOException, InterruptedException {
      heapAfter = heap();
    }

    private double heapGrowth() {
      return heapAfter - heapBefore;
    }

    private String json() {
      return String.format(
          Locale.ROOT,
          "{\"live-heap-mib-before\":%.1f,\"live-heap-mib-after\":%.1f,\"process\":%s}",
          heapBefore,
          heapAfter,
          meter.json());
    }
  }
}
