package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.metrics.Metric;
import io.limber.core.random.SeededRandom;
import io.limber.testkit.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes that join, leave and are killed all the time while a run trains on what they send: fault 19
 * at the size of one machine. Pass, by count: no transition is lost or comes twice but for those on
 * their way; no environment actor is left over anywhere; memory is flat.
 */
class ChurnIT {

  private static final int ACTORS = 6;
  private static final int FEWEST = 2;

  /** As many as a run with that many actors in one process would need. */
  private static final String THREADS = "native-dispatcher.thread-pool-executor.fixed-pool-size=8";

  private static final Duration BETWEEN_CHANGES = Duration.ofSeconds(3);

  /** Between two changes all goes on, whatever the machine does beside. */
  private static final int TRANSITIONS_BETWEEN_CHANGES = 500;

  /**
   * In the first minutes memory grows by code and by what native code keeps, in steps that become
   * rare.
   */
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(13);

  private static final double SLOPE_MIB_PER_MINUTE = 4;

  @TempDir private Path folder;

  private final SeededRandom random = new SeededRandom(19);
  private final List<JavaProcess> nodes = new ArrayList<>();
  private Fleet fleet;
  private Meter meter;
  private int joined;
  private int left;
  private int killed;

  @Test
  void nodes_joiningAndLeavingForAWhile_loseNothing() throws Exception {
    churn(Duration.ofSeconds(25), 4);
  }

  @Tag("long")
  @Test
  void nodes_joiningAndLeavingForMinutes_loseNothingAndNoMemory() throws Exception {
    churn(LONG_ENOUGH, 6);
    assertThat(meter.residentSlope()).as("MiB per minute").isLessThan(SLOPE_MIB_PER_MINUTE);
    assertThat(meter.threadSlope()).as("threads per minute").isLessThan(2);
    assertThat(meter.fileSlope()).as("open files per minute").isLessThan(2);
  }

  private void churn(Duration duration, int most) throws Exception {
    try (Fleet opened = new Fleet(folder, ACTORS)) {
      fleet = opened;
      JavaProcess run = fleet.train("127.0.0.1:0", Fleet.FLAT_HEAP, THREADS);
      meter = new Meter(run);
      join();
      join();
      for (JavaProcess node : nodes) {
        Fleet.hosting(node);
      }
      fleet.awaitAllActing();

      long start = System.nanoTime();
      while (System.nanoTime() - start < duration.toNanos()) {
        change(most);
        goOn();
      }
      settle();
      System.out.printf(
          "{\"churn\":{\"seconds\":%.0f,\"joined\":%d,\"left\":%d,\"killed\":%d,\"losses\":%.0f,"
              + "\"transitions\":%.0f,\"duplicates\":%.0f,\"dead-letters\":%.0f,\"run\":%s}}%n",
          (System.nanoTime() - start) * 1e-9,
          joined,
          left,
          killed,
          fleet.log().sum(Metric.CLUSTER_LOSSES),
          fleet.log().sum(Metric.CLUSTER_TRANSITIONS),
          fleet.log().sum(Metric.CLUSTER_DUPLICATES),
          fleet.log().sum(Metric.PROCESS_DEAD_LETTERS),
          meter.json());
      end();
    }
  }

  private void change(int most) throws Exception {
    if (nodes.size() <= FEWEST || (nodes.size() < most && random.nextDouble() < 0.5)) {
      join();
      return;
    }
    JavaProcess node = nodes.remove(random.nextInt(nodes.size()));
    if (random.nextDouble() < 0.5) {
      node.signal("TERM");
      assertThat(node.awaitExit()).as(node.errors()).isEqualTo(143);
      left++;
    } else {
      node.kill();
      killed++;
    }
  }

  private void join() throws IOException {
    nodes.add(fleet.node("node-" + joined));
    joined++;
  }

  private void goOn() throws Exception {
    long earliest = System.nanoTime() + BETWEEN_CHANGES.toNanos();
    double wanted = fleet.inserted() + TRANSITIONS_BETWEEN_CHANGES;
    Meter.until(
        "the run goes on",
        Fleet.LIMIT,
        () -> System.nanoTime() - earliest > 0 && fleet.inserted() >= wanted,
        meter);
  }

  /** All are where they belong, and nobody else sends anything. */
  private void settle() throws Exception {
    Meter.until(
        "all nodes are there",
        Fleet.LIMIT,
        () -> fleet.log().sum(Metric.CLUSTER_NODES) == nodes.size(),
        meter);
    fleet.awaitAllActing();
    double[] refused = {-1};
    Meter.until(
        "nothing is refused any more: who is left over would go on sending",
        Fleet.LIMIT,
        () -> {
          double before = refused[0];
          refused[0] = fleet.log().sum(Metric.CLUSTER_REFUSED);
          fleet.moreTransitions(5000);
          return before == fleet.log().sum(Metric.CLUSTER_REFUSED);
        },
        meter);
    assertThat(fleet.log().sum(Metric.CLUSTER_PLACED)).isEqualTo(ACTORS);
  }

  /** Every node hears that the run is over, and has nothing left that would keep it. */
  private void end() throws Exception {
    fleet.stop();
    for (JavaProcess node : nodes) {
      node.awaitLine(line -> line.matches("node: run .* is over"));
      node.signal("TERM");
      assertThat(node.awaitExit()).as(node.errors()).isEqualTo(143);
    }
    System.out.println("transitions under way at the end: " + fleet.audit());
  }
}
