package io.limber.actors.run;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.testkit.FakeEnvironment;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole runs whose environments act in other actor systems, over real connections on loopback. */
class RemoteRunTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private ActorTestKit seed;
  private TestProbe<Object> patience;

  @BeforeEach
  void beginCluster() {
    seed = TestNode.system("run");
    TestNode.join(seed, seed);
    patience = seed.createTestProbe();
  }

  @AfterEach
  void endCluster() {
    seed.shutdownTestKit();
  }

  @Test
  void run_withOneNode_trainsOnWhatTheNodeSends() {
    try (TestNode node = TestNode.joining(seed)) {
      TestRun run =
          TestRun.of(
                  seed,
                  "limber.environments.actors = 2",
                  "limber.run.updates = 100000000",
                  "limber.run.system-report-interval = 20ms",
                  "limber.native-dispatcher.thread-pool-executor.fixed-pool-size = 8")
              .withNodes()
              .start();

      // One of the two could feed a short run alone: it goes on until both were heard of.
      patience.awaitAssert(
          LIMIT,
          () -> {
            assertThat(run.reports)
                .extracting(Report::source)
                .contains("environment-0", "environment-1");
            assertThat(run.reports).anyMatch(report -> report.step() > 0);
            return null;
          });
      run.stop();
      RunSummary summary = run.finished();

      assertThat(summary.updates()).isPositive();
      assertThat(summary.released()).isTrue();
      assertThat(node.places).hasSize(2).allMatch(place -> place.placement() == 1);
      patience.awaitAssert(
          LIMIT,
          () -> {
            assertThat(node.agent.open()).isZero();
            return null;
          });
    }
  }

  @Test
  void run_nodeThatDies_goesOnWithAnotherAndCountsTheLoss() {
    TestRun run =
        TestRun.of(
                seed,
                "limber.environments.actors = 2",
                "limber.run.updates = 100000000",
                "limber.run.system-report-interval = 20ms")
            .withNodes();
    try (TestNode survivor = TestNode.joining(seed)) {
      TestNode victim = TestNode.joining(seed);
      run.start();
      patience.awaitAssert(
          LIMIT,
          () -> {
            assertThat(victim.places).isNotEmpty();
            assertThat(survivor.places).isNotEmpty();
            return null;
          });

      victim.close();

      patience.awaitAssert(
          LIMIT,
          () -> {
            assertThat(survivor.places).hasSizeGreaterThanOrEqualTo(2);
            assertThat(last(run, "environments-0", Metric.CLUSTER_LOSSES)).isEqualTo(1);
            return null;
          });
      run.stop();
      assertThat(run.finished().updates()).isPositive();
    }
  }

  @Test
  void run_nodeOfAnotherDataSet_isRefusedByTheNodeAndAnotherTaken() {
    try (TestNode foreign = TestNode.joining(seed, random -> new FakeEnvironment(), "another");
        TestNode node = TestNode.joining(seed)) {
      TestRun run = TestRun.of(seed, "limber.cluster.wait-for.environment = 2").withNodes().start();

      assertThat(run.finished().updates()).isEqualTo(200);

      assertThat(foreign.places).isEmpty();
      assertThat(node.places).isNotEmpty();
    }
  }

  private static double last(TestRun run, String source, Metric metric) {
    return run.reports.stream()
        .filter(report -> report.source().equals(source))
        .flatMap(report -> report.measurements().stream())
        .filter(measurement -> measurement.metric() == metric)
        .reduce((first, second) -> second)
        .map(measurement -> measurement.value())
        .orElse(Double.NaN);
  }
}
