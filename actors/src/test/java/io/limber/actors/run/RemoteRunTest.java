package io.limber.actors.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.testkit.FakeEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole runs whose environments act in other actor systems, over real connections on loopback. */
class RemoteRunTest {

  @RegisterExtension final TestCluster cluster = new TestCluster();

  @Test
  void run_withOneNode_trainsOnWhatTheNodeSends() {
    try (TestNode node = TestNode.joining(cluster.seed())) {
      TestRun run =
          TestRun.of(
                  cluster.seed(),
                  "limber.environments.actors = 2",
                  "limber.run.updates = 100000000",
                  "limber.run.system-report-interval = 20ms",
                  "limber.native-dispatcher.thread-pool-executor.fixed-pool-size = 8")
              .withNodes()
              .start();

      // One of the two could feed a short run alone: it goes on until both were heard of.
      cluster.await(
          () -> {
            assertThat(run.reports)
                .extracting(Report::source)
                .contains("environment-0", "environment-1");
            assertThat(run.reports).anyMatch(report -> report.step() > 0);
          });
      run.stop();
      RunSummary summary = run.finished();

      assertThat(summary.updates()).isPositive();
      assertThat(summary.released()).isTrue();
      assertThat(node.started).hasSize(2).allMatch(started -> started.saved().isEmpty());
      cluster.await(
          () -> {
            assertThat(node.agent.open()).isZero();
          });
    }
  }

  @Test
  void run_nodeThatDies_goesOnWithAnotherAndCountsTheLoss() {
    TestRun run =
        TestRun.of(
                cluster.seed(),
                "limber.environments.actors = 2",
                "limber.run.updates = 100000000",
                "limber.run.system-report-interval = 20ms")
            .withNodes();
    try (TestNode survivor = TestNode.joining(cluster.seed())) {
      TestNode victim = TestNode.joining(cluster.seed());
      run.start();
      cluster.await(
          () -> {
            assertThat(victim.started).isNotEmpty();
            assertThat(survivor.started).isNotEmpty();
          });

      victim.close();

      cluster.await(
          () -> {
            assertThat(survivor.started).hasSizeGreaterThanOrEqualTo(2);
            assertThat(last(run, "environments-0", Metric.CLUSTER_LOSSES)).isEqualTo(1);
          });
      run.stop();
      assertThat(run.finished().updates()).isPositive();
    }
  }

  @Test
  void run_nodeOfAnotherDataSet_isRefusedByTheNodeAndAnotherTaken() {
    try (TestNode foreign =
            TestNode.joining(cluster.seed(), random -> new FakeEnvironment(), "another");
        TestNode node = TestNode.joining(cluster.seed())) {
      TestRun run =
          TestRun.of(cluster.seed(), "limber.cluster.wait-for.environment = 2").withNodes().start();

      assertThat(run.finished().updates()).isEqualTo(200);

      assertThat(foreign.started).isEmpty();
      assertThat(node.started).isNotEmpty();
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
