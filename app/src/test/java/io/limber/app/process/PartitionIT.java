package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.limber.core.metrics.Metric;
import io.limber.testkit.network.Direction;
import io.limber.testkit.network.NetworkNamespace;
import io.limber.testkit.process.Await;
import io.limber.testkit.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A run with a node that is near and one in a network of its own, whose packets are really lost:
 * fault 5. Pass: the side with the run trains on, with the environments of the node that is missed
 * placed on the other; once the network is back, so is the node, without anybody's help; no
 * transition comes twice.
 */
class PartitionIT {

  private static final String PLAIN = "cluster.allow-plaintext=true";

  /** Each has one of its own: the last one's cable may still be being taken away. */
  private static final AtomicInteger NUMBER = new AtomicInteger(5);

  @TempDir private Path folder;

  private NetworkNamespace network;
  private Fleet fleet;

  /** Which way packets are lost. */
  enum Way {
    BOTH(Direction.values()),
    TO_THE_NODE(Direction.TO_TARGET),
    TO_THE_RUN(Direction.TO_CLIENT);

    private final List<Direction> lost;

    Way(Direction... lost) {
      this.lost = List.of(lost);
    }
  }

  @BeforeEach
  void start() throws Exception {
    Optional<String> reason = NetworkNamespace.whyNot();
    assumeTrue(reason.isEmpty(), reason.orElse(""));
    network = NetworkNamespace.create(NUMBER.getAndIncrement());
    fleet = new Fleet(folder, 2);
    fleet.train(
        network.hostAddress() + ":0", List.of("-Xmx512m"), PLAIN, "cluster.wait-for.environment=2");
    JavaProcess far =
        fleet.nodeWithin(network, "far", "--bind", network.address() + ":0", "--set", PLAIN);
    Fleet.hosting(fleet.node("near", "--bind", network.hostAddress() + ":0", "--set", PLAIN));
    Fleet.hosting(far);
    fleet.awaitAllActing();
  }

  @AfterEach
  void close() throws IOException {
    if (network != null) {
      fleet.close();
      network.close();
    }
  }

  @Test
  void tenSecondsBothWays() throws Exception {
    partition(Way.BOTH, Duration.ofSeconds(10));
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(names = {"TO_THE_RUN", "TO_THE_NODE"})
  void tenSecondsOneWay(Way way) throws Exception {
    partition(way, Duration.ofSeconds(10));
  }

  /** Longer than it takes both sides to give each other up for good. */
  @Tag("long")
  @ParameterizedTest
  @EnumSource
  void aMinute(Way way) throws Exception {
    partition(way, Duration.ofSeconds(60));
  }

  private void partition(Way way, Duration duration) throws Exception {
    fleet.moreTransitions(2000);
    for (Direction direction : way.lost) {
      network.lose(direction);
    }
    long start = System.nanoTime();
    Await.until(
        "the far node's environment is missed",
        Fleet.LIMIT,
        () -> fleet.log().sum(Metric.CLUSTER_LOSSES) > 0);
    double missed = seconds(start);
    fleet.awaitAllActing();
    double elsewhere = seconds(start);
    fleet.moreTransitions(2000);
    long end = start + duration.toNanos(); // which is what this fault consists of
    Await.until("time passes", duration.plusMinutes(1), () -> System.nanoTime() - end >= 0);

    network.mend();
    long mended = System.nanoTime();
    Await.until(
        "the far node is back", Fleet.LIMIT, () -> fleet.log().sum(Metric.CLUSTER_NODES) == 2);
    fleet.awaitAllActing();
    System.out.printf(
        "partition of %d s, %s: missed after %.1f s, its environment acts elsewhere after %.1f s,"
            + " the node is back %.1f s after the network%n",
        duration.toSeconds(), way, missed, elsewhere, seconds(mended));
    fleet.moreTransitions(2000);

    fleet.stop();
    assertThat(fleet.log().sum(Metric.CLUSTER_LOSSES)).isPositive();
    System.out.println("transitions under way at the end: " + fleet.audit());
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }
}
