package io.limber.actors.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.actors.checkpoint.ResumePoint;
import io.limber.actors.environment.EnvironmentState;
import io.limber.actors.learner.FailureKind;
import io.limber.core.checkpoint.Checkpoint;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.env.EnvironmentFactory;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.core.state.SavedState;
import io.limber.protos.StateCodec;
import io.limber.testkit.FakeEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checkpoints of runs whose environments act in another actor system, and what goes on from them.
 */
class RemoteResumeTest {

  private static final int ENVIRONMENTS = 2;

  @TempDir private Path folder;

  @RegisterExtension final TestCluster cluster = new TestCluster();

  @Test
  void checkpoint_ofARunWithANode_holdsItsEnvironmentsWhichGoOnOnAnother() throws Exception {
    Checkpoint checkpoint;
    try (TestNode node =
        TestNode.joining(cluster.seed(), random -> new LargeEnvironment(), "fingerprint")) {
      checkpoint = trainAWhile(run().start());
      assertThat(node.started).hasSize(ENVIRONMENTS);
    }
    ResumePoint point = ResumePoint.load(checkpoint);
    for (int i = 0; i < ENVIRONMENTS; i++) {
      SavedState saved = point.environment("environment-" + i).orElseThrow();
      assertThat(EnvironmentState.isWhole(saved)).isTrue();
      assertThat(StateCodec.encode(saved)).hasSizeGreaterThan(LargeEnvironment.BYTES);
    }

    try (TestNode other =
        TestNode.joining(cluster.seed(), random -> new LargeEnvironment(), "fingerprint")) {
      TestRun resumed = run().from(checkpoint, noReports(checkpoint)).start();
      awaitStarted(other, ENVIRONMENTS);
      awaitStep(resumed, checkpoint.step() + 50);
      resumed.stop();
      assertThat(resumed.finished().updates()).isGreaterThan(checkpoint.step());

      assertThat(other.started)
          .allSatisfy(
              started ->
                  assertThat(StateCodec.encode(started.saved().orElseThrow()))
                      .isEqualTo(
                          StateCodec.encode(point.environment(started.environment()).get())));
    }
  }

  @Test
  void checkpoint_whileAnEnvironmentDoesNotAnswer_goesWithoutIt() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Checkpoint checkpoint;
    try (TestNode node =
        TestNode.joining(cluster.seed(), oneThatHangs(hangs, never), "fingerprint")) {
      TestRun run = run("limber.checkpoint.limit = 1s").start();
      await(hangs);
      checkpoint = trainAWhile(run);

      assertThat(node.started).hasSize(ENVIRONMENTS);
      assertThat(missing(run)).isEqualTo(1);
      never.countDown();
    }
    ResumePoint point = ResumePoint.load(checkpoint);
    List<SavedState> saved = new ArrayList<>();
    for (int i = 0; i < ENVIRONMENTS; i++) {
      saved.add(point.environment("environment-" + i).orElseThrow());
    }
    assertThat(saved).filteredOn(EnvironmentState::isWhole).hasSize(1);
    assertThat(saved).allMatch(state -> EnvironmentState.steps(state) > 0);

    // one of the two begins new episodes
    try (TestNode other = TestNode.joining(cluster.seed())) {
      TestRun resumed = run().from(checkpoint, noReports(checkpoint)).start();
      awaitStarted(other, ENVIRONMENTS);
      awaitStep(resumed, checkpoint.step() + 50);
      resumed.stop();
      resumed.finished();
      assertThat(other.started)
          .filteredOn(started -> EnvironmentState.isWhole(started.saved().orElseThrow()))
          .hasSize(1);
    }
  }

  /** And the other way round: a run of nodes goes on in one process. */
  @Test
  void checkpoint_ofARunWithANode_isGoneOnFromInOneProcess() throws Exception {
    Checkpoint checkpoint;
    try (TestNode node = TestNode.joining(cluster.seed())) {
      checkpoint = trainAWhile(run().start());
      assertThat(node.started).hasSize(ENVIRONMENTS);
    }

    TestRun alone =
        TestRun.of(cluster.seed(), "limber.environments.actors = " + ENVIRONMENTS)
            .withCheckpoints(folder)
            .from(checkpoint, noReports(checkpoint));

    assertThat(alone.start().finished().updates()).isEqualTo(Math.max(200, checkpoint.step()));
  }

  @Test
  void checkpoint_withAStateThatIsNone_isRefused() throws Exception {
    Checkpoint checkpoint;
    try (TestNode node = TestNode.joining(cluster.seed())) {
      checkpoint = trainAWhile(run().start());
      assertThat(node.started).hasSize(ENVIRONMENTS);
    }
    SavedState nothing = SavedState.builder().build();
    RefusedCheckpointTest.replace(
        checkpoint, "environments", SavedState.builder().put("environment-1", nothing).build());

    RunEvent.RunFailed failed = run().from(checkpoint, noReports(checkpoint)).start().failed();

    assertThat(failed.kind()).as(failed.reason()).isEqualTo(FailureKind.REFUSED);
  }

  private TestRun run(String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "limber.environments.actors = " + ENVIRONMENTS,
                "limber.run.updates = 100000000",
                "limber.checkpoint.period = 100000000", // but for the one at the stop
                "limber.native-dispatcher.thread-pool-executor.fixed-pool-size = 8"));
    settings.addAll(List.of(more));
    return TestRun.of(cluster.seed(), settings.toArray(String[]::new))
        .withCheckpoints(folder)
        .withNodes();
  }

  /** Until both environments have reported; the stop makes a checkpoint. */
  private Checkpoint trainAWhile(TestRun run) throws Exception {
    cluster.await(
        () ->
            assertThat(run.reports)
                .extracting(Report::source)
                .contains("environment-0", "environment-1"));
    run.stop();
    run.finished();
    return new CheckpointFolder(folder).list().get(0);
  }

  private void awaitStarted(TestNode node, int count) {
    cluster.await(
        () -> {
          assertThat(node.started).hasSizeGreaterThanOrEqualTo(count);
        });
  }

  private void awaitStep(TestRun run, long step) {
    cluster.await(
        () -> assertThat(run.reports).anyMatch(report -> report != null && report.step() >= step));
  }

  private static double missing(TestRun run) {
    return run.reports.stream()
        .flatMap(report -> report.measurements().stream())
        .filter(value -> value.metric() == Metric.CHECKPOINT_MISSING_ENVIRONMENTS)
        .reduce((first, last) -> last)
        .orElseThrow()
        .value();
  }

  private static List<Report> noReports(Checkpoint checkpoint) throws Exception {
    return Collections.nCopies((int) checkpoint.manifest().metricsBytes(), null);
  }

  /** The first one that is made stops for good in the middle of the way. */
  private static EnvironmentFactory oneThatHangs(CountDownLatch hanging, CountDownLatch never) {
    AtomicInteger made = new AtomicInteger();
    return random -> {
      boolean hangs = made.getAndIncrement() == 0;
      return new FakeEnvironment(
          step -> {
            if (hangs && step == 60) {
              hanging.countDown();
              await(never);
            }
          });
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
