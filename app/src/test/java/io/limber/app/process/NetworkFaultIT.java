package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.metrics.Metric;
import io.limber.testkit.network.Direction;
import io.limber.testkit.network.LoopbackProxy;
import io.limber.testkit.process.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run and a node between which everything goes through two proxies, one before each of them, and
 * all of that goes bad: fault 7, and the short ones of fault 5.
 */
class NetworkFaultIT {

  private static final double SAMPLES_PER_INSERT = 32;
  private static final double TOLERANCE = 20480;
  private static final double MIN_SIZE = 600;
  private static final double SAMPLE_SIZE = 32 * 10;

  @TempDir private Path folder;

  private Fleet fleet;
  private LoopbackProxy toRun;
  private LoopbackProxy toNode;

  /** Which way nothing passes. */
  enum Way {
    BOTH(proxies -> proxies.forEach(proxy -> proxy.blackhole(Direction.values()))),
    TO_THE_RUN(
        proxies -> {
          proxies.get(0).blackhole(Direction.TO_TARGET);
          proxies.get(1).blackhole(Direction.TO_CLIENT);
        }),
    TO_THE_NODE(
        proxies -> {
          proxies.get(0).blackhole(Direction.TO_CLIENT);
          proxies.get(1).blackhole(Direction.TO_TARGET);
        });

    private final Consumer<List<LoopbackProxy>> cut;

    Way(Consumer<List<LoopbackProxy>> cut) {
      this.cut = cut;
    }
  }

  @BeforeEach
  void start() throws Exception {
    int runPort = LoopbackProxy.freePort();
    int nodePort = LoopbackProxy.freePort();
    toRun = LoopbackProxy.to(runPort);
    toNode = LoopbackProxy.to(nodePort);
    fleet = new Fleet(folder, 2);
    fleet.train(
        "127.0.0.1:" + toRun.port(),
        List.of("-Xmx512m"),
        "akka.remote.artery.bind.port=" + runPort,
        "replay.samples-per-insert=" + SAMPLES_PER_INSERT,
        "replay.tolerance=" + TOLERANCE,
        "replay.min-size=" + (int) MIN_SIZE);
    Fleet.hosting(
        fleet.node(
            "node",
            "--bind",
            "127.0.0.1:" + toNode.port(),
            "--set",
            "akka.remote.artery.bind.port=" + nodePort));
    fleet.awaitAllActing();
  }

  @AfterEach
  void close() throws IOException {
    fleet.close();
    toRun.close();
    toNode.close();
  }

  /**
   * Pass: no member is taken for lost, the ratio of samples to inserts stays within its tolerance,
   * and no transition is lost or comes twice.
   */
  @Test
  void slowLossyNetworkAndResets_loseNoNodeAndNoTransition() throws Exception {
    for (LoopbackProxy proxy : proxies()) {
      proxy.throttle(64 << 10);
      proxy.delay(Duration.ofMillis(200));
      proxy.lose(0.01, Duration.ofMillis(400), 7);
    }
    goesOn("at 64 KiB/s, 200 ms each way, 1 % of the pieces lost");
    proxies().forEach(LoopbackProxy::mend);
    goesOn("after that");
    for (int i = 0; i < 3; i++) {
      proxies().forEach(LoopbackProxy::reset);
      goesOn("after all connections were reset");
      // the transport waits longer before each new connection that follows closely, up to five
      // seconds: heartbeats miss that long, too, and a cut on top is a partition
      pass(Duration.ofSeconds(3));
    }
    for (Way way : Way.values()) {
      cut(way, Duration.ofSeconds(1));
      goesOn("after 1 s without a byte: " + way);
    }

    fleet.stop();
    assertThat(fleet.runLog()).as("no member was taken for lost").doesNotContain("UNREACHABLE");
    assertThat(fleet.log().sum(Metric.CLUSTER_LOSSES)).isZero();
    requireRatio();
    requireNothingLost();
  }

  /**
   * Pass: the run waits for nodes that cannot be reached, and trains on once the network is mended,
   * without anybody's help and without a transition twice.
   */
  @Test
  void tenSecondsWithoutAnyByte_areSurvivedByRunAndNodes() throws Exception {
    cut(Way.BOTH, Duration.ofSeconds(10));
    long mended = System.nanoTime();

    fleet.awaitAllActing();
    System.out.printf(
        "10 s without a byte between run and nodes: all act %.1f s after that%n",
        (System.nanoTime() - mended) * 1e-9);
    fleet.moreTransitions(2000);

    fleet.stop();
    requireRatio();
    System.out.println("transitions under way at the end: " + fleet.audit());
  }

  private void goesOn(String when) throws Exception {
    System.out.printf("1000 transitions %s: %.1f s%n", when, fleet.moreTransitions(1000));
  }

  private void cut(Way way, Duration duration) throws Exception {
    way.cut.accept(proxies());
    pass(duration);
    proxies().forEach(LoopbackProxy::mend);
  }

  /** Lets time pass, which is what this fault consists of. */
  private static void pass(Duration duration) throws Exception {
    long end = System.nanoTime() + duration.toNanos();
    Await.until("time passes", duration.plusMinutes(1), () -> System.nanoTime() - end >= 0);
  }

  private List<LoopbackProxy> proxies() {
    return List.of(toRun, toNode);
  }

  /** The limiter's own bounds, see SamplesPerInsertLimiter, from the first batch on. */
  private void requireRatio() throws IOException {
    double offset = SAMPLES_PER_INSERT * MIN_SIZE;
    double chunk = SAMPLES_PER_INSERT * Fleet.PER_ACTOR;
    assertThat(fleet.log().all(Metric.REPLAY_LIMITER_DIFFERENCE).getMin())
        .isGreaterThanOrEqualTo(offset - TOLERANCE);
    assertThat(fleet.log().all(Metric.REPLAY_LIMITER_DIFFERENCE).getMax())
        .isLessThan(offset + TOLERANCE + chunk + SAMPLE_SIZE);
  }

  private void requireNothingLost() throws Exception {
    double steps = fleet.log().sum(Metric.ENVIRONMENT_STEPS);
    double stored = fleet.log().sum(Metric.CLUSTER_TRANSITIONS);
    System.out.printf(
        "%.0f transitions stored, %.0f chunks came twice and were dropped, %d under way at the"
            + " end%n",
        stored, fleet.log().sum(Metric.CLUSTER_DUPLICATES), fleet.audit());
    // reports of steps come late; what was not yet told when the run ended is not in them
    assertThat(steps - stored).isLessThanOrEqualTo(fleet.onTheirWay());
  }
}
