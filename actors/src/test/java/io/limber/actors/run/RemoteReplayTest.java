package io.limber.actors.run;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import io.limber.actors.checkpoint.ResumePoint;
import io.limber.actors.remote.ClusterSettings;
import io.limber.actors.remote.HostedReplay;
import io.limber.actors.remote.ReplayNode;
import io.limber.actors.remote.UnhostableRunException;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.config.Section;
import io.limber.core.metrics.Metric;
import io.limber.core.random.RandomStreams;
import io.limber.core.random.SeededRandom;
import io.limber.core.replay.ReplaySettings;
import io.limber.core.replay.ReplayTable;
import io.limber.core.replay.TransitionSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs whose replay is in another actor system, over real connections on loopback. */
class RemoteReplayTest {

  private static final String[] ENDLESS = {
    "limber.cluster.replay = remote",
    "limber.cluster.resend-after = 200ms",
    "limber.run.updates = 100000000",
    "limber.run.report-period = 100",
    "limber.run.system-report-interval = 20ms",
    "limber.checkpoint.period = 500"
  };

  @TempDir private Path folder;

  private Path checkpoints;

  @BeforeEach
  void setUp() {
    checkpoints = folder.resolve("checkpoints");
  }

  @RegisterExtension final TestCluster cluster = new TestCluster();

  @Test
  void run_withReplayElsewhere_trainsOnBatchesFromThere() {
    ActorTestKit replay = replayNode("fingerprint");
    try (TestNode node = TestNode.joining(cluster.seed())) {
      TestRun run = TestRun.of(cluster.seed(), withoutCheckpoints(ENDLESS)).withNodes().start();

      await(run, "replay-0", Metric.REPLAY_SAMPLED, count -> count > 0);
      await(run, "replay-link-0", Metric.CLUSTER_BATCH_BYTES, bytes -> bytes > 0);
      await(run, "learner-0", Metric.LEARNER_UPDATES, updates -> updates >= 200);
      run.stop();

      RunSummary summary = run.finished();
      assertThat(summary.updates()).isGreaterThanOrEqualTo(200);
      assertThat(node.started).isNotEmpty();
      assertThat(summary.environmentSteps()).isPositive();
      assertThat(summary.released()).isTrue();
    } finally {
      replay.shutdownTestKit();
    }
  }

  @Test
  void replayNode_thatDies_isReplacedAndRestoredFromTheNewestCheckpoint() throws Exception {
    ActorTestKit first = replayNode("fingerprint");
    try (TestNode node = TestNode.joining(cluster.seed())) {
      TestRun run =
          TestRun.of(cluster.seed(), ENDLESS).withNodes().withCheckpoints(checkpoints).start();
      await(run, "checkpoints-0", Metric.CHECKPOINT_COMPLETED, count -> count >= 1);

      ActorTestKit.shutdown(first.system(), Duration.ofSeconds(20));
      await(run, "replay-link-0", Metric.CLUSTER_REPLAY_LOSSES, losses -> losses == 1);
      await(run, "replay-link-0", Metric.CLUSTER_REPLAY_THERE, there -> there == 0);
      double before = last(run, "checkpoints-0", Metric.CHECKPOINT_COMPLETED);
      ActorTestKit second = replayNode("fingerprint");
      await(run, "replay-link-0", Metric.CLUSTER_REPLAY_THERE, there -> there == 1);
      await(run, "checkpoints-0", Metric.CHECKPOINT_COMPLETED, count -> count > before);
      run.stop();

      long updates = run.finished().updates();
      assertThat(node.started).as("no environment noticed").hasSize(1);
      ResumePoint newest = ResumePoint.newest(new CheckpointFolder(checkpoints)).orElseThrow();
      assertThat(newest.step()).isEqualTo(updates);
      assertThat(restored(newest).inserted()).isEqualTo(newest.manifest().inserted());
      second.shutdownTestKit();
    }
  }

  @Test
  void replayNode_thatLeaves_handsItsTableOverAndNothingIsLost() throws Exception {
    ActorTestKit first = TestNode.system("replay");
    ActorRef<ReplayNode.Command> leaver = keeper(first, "fingerprint");
    try (TestNode node = TestNode.joining(cluster.seed())) {
      TestRun run =
          TestRun.of(cluster.seed(), ENDLESS).withNodes().withCheckpoints(checkpoints).start();
      await(run, "checkpoints-0", Metric.CHECKPOINT_COMPLETED, count -> count >= 1);
      ActorTestKit second = replayNode("fingerprint");

      leaver.tell(ReplayNode.Leave.INSTANCE);
      first.createTestProbe().expectTerminated(leaver, Duration.ofSeconds(15)); // not its limit
      double step = step(run);
      await(run, "learner-0", Metric.LEARNER_UPDATES, updates -> updates >= step + 1000);
      double before = last(run, "checkpoints-0", Metric.CHECKPOINT_COMPLETED);
      await(run, "checkpoints-0", Metric.CHECKPOINT_COMPLETED, count -> count > before);
      run.stop();

      long updates = run.finished().updates();
      assertThat(last(run, "replay-link-0", Metric.CLUSTER_REPLAY_LOST)).isZero();
      assertThat(last(run, "replay-link-0", Metric.CLUSTER_REPLAY_LOSSES)).isZero();
      assertThat(last(run, "checkpoints-0", Metric.CHECKPOINT_FAILURES)).isZero();
      assertThat(folder.resolve("handover")).doesNotExist();
      assertThat(node.started).as("no environment noticed").hasSize(1);
      ResumePoint newest = ResumePoint.newest(new CheckpointFolder(checkpoints)).orElseThrow();
      assertThat(newest.step()).isEqualTo(updates);
      assertThat(restored(newest).inserted()).isEqualTo(newest.manifest().inserted());
      first.shutdownTestKit();
      second.shutdownTestKit();
    }
  }

  @Test
  void run_thatIsStoppedWhileNobodyHasItsTable_savesWhatWasHandedOver() throws Exception {
    ActorTestKit first = TestNode.system("replay");
    ActorRef<ReplayNode.Command> leaver = keeper(first, "fingerprint");
    try (TestNode node = TestNode.joining(cluster.seed())) {
      TestRun run =
          TestRun.of(cluster.seed(), ENDLESS).withNodes().withCheckpoints(checkpoints).start();
      await(run, "checkpoints-0", Metric.CHECKPOINT_COMPLETED, count -> count >= 1);

      leaver.tell(ReplayNode.Leave.INSTANCE);
      first.createTestProbe().expectTerminated(leaver, Duration.ofSeconds(15)); // not its limit
      await(run, "replay-link-0", Metric.CLUSTER_REPLAY_THERE, there -> there == 0);
      run.stop();

      long updates = run.finished().updates();
      ResumePoint newest = ResumePoint.newest(new CheckpointFolder(checkpoints)).orElseThrow();
      assertThat(newest.step()).isEqualTo(updates);
      assertThat(restored(newest).inserted()).isEqualTo(newest.manifest().inserted());
      assertThat(node.started).as("no environment noticed").hasSize(1);
      assertThat(folder.resolve("handover")).doesNotExist();
      first.shutdownTestKit();
    }
  }

  @Test
  void replayNode_thatDiesWithoutACheckpoint_isReplacedByAnEmptyOne() {
    ActorTestKit first = replayNode("fingerprint");
    try (TestNode node = TestNode.joining(cluster.seed())) {
      TestRun run = TestRun.of(cluster.seed(), withoutCheckpoints(ENDLESS)).withNodes().start();
      await(run, "replay-0", Metric.REPLAY_SAMPLED, count -> count > 0);

      ActorTestKit.shutdown(first.system(), Duration.ofSeconds(20));
      await(run, "replay-link-0", Metric.CLUSTER_REPLAY_LOSSES, losses -> losses == 1);
      ActorTestKit second = replayNode("fingerprint");
      await(run, "replay-link-0", Metric.CLUSTER_REPLAY_LOST, lost -> lost > 0);
      double step = step(run);
      cluster.await(
          () -> {
            assertThat(step(run)).isGreaterThan(step);
          });
      run.stop();

      assertThat(run.finished().updates()).isPositive();
      assertThat(node.started).as("no environment noticed").hasSize(1);
      second.shutdownTestKit();
    }
  }

  @Test
  void replayNode_thatIsGone_doesNotHoldUpTheEnd() {
    ActorTestKit replay = replayNode("fingerprint");
    try (TestNode node = TestNode.joining(cluster.seed())) {
      TestRun run =
          TestRun.of(cluster.seed(), ENDLESS).withNodes().withCheckpoints(checkpoints).start();
      await(run, "replay-0", Metric.REPLAY_SAMPLED, count -> count > 0);
      ActorTestKit.shutdown(replay.system(), Duration.ofSeconds(20));
      await(run, "replay-link-0", Metric.CLUSTER_REPLAY_THERE, there -> there == 0);

      run.stop();

      RunSummary summary = run.finished();
      assertThat(summary.environmentSteps()).isPositive();
      assertThat(summary.released()).isTrue();
      assertThat(node.started).hasSize(1);
    }
  }

  @Test
  void replayNode_ofAnotherProgram_isRefusedByTheNodeAndAnotherTaken() {
    ActorTestKit foreign = replayNode("another");
    ActorTestKit replay = replayNode("fingerprint");
    try (TestNode node = TestNode.joining(cluster.seed())) {
      TestRun run =
          TestRun.of(cluster.seed(), "limber.cluster.replay = remote").withNodes().start();

      assertThat(run.finished().updates()).isEqualTo(200);
      assertThat(node.started).isNotEmpty();
    } finally {
      foreign.shutdownTestKit();
      replay.shutdownTestKit();
    }
  }

  /** The last line wins. */
  private static String[] withoutCheckpoints(String... settings) {
    return Stream.concat(Arrays.stream(settings), Stream.of("limber.checkpoint.period = 0"))
        .toArray(String[]::new);
  }

  private ActorTestKit replayNode(String fingerprint) {
    ActorTestKit kit = TestNode.system("replay");
    keeper(kit, fingerprint);
    return kit;
  }

  private ActorRef<ReplayNode.Command> keeper(ActorTestKit kit, String fingerprint) {
    ActorRef<ReplayNode.Command> keeper =
        kit.spawn(
            ReplayNode.create(
                (run, config, wanted) -> {
                  if (!wanted.equals(fingerprint)) {
                    throw new UnhostableRunException(
                        "fingerprint " + fingerprint + ", not " + wanted);
                  }
                  return hosted(config);
                },
                Duration.ofSeconds(20),
                line -> {}));
    TestNode.join(kit, cluster.seed());
    return keeper;
  }

  private static HostedReplay hosted(String config) {
    Section limber = Section.of(ConfigFactory.parseString(config), "limber");
    RunSettings settings = RunSettings.from(limber, new UpdateShape(4, 5, 20));
    return new HostedReplay(
        replay(limber, settings),
        new RandomStreams(7).stream("replay"),
        settings.replay(),
        ClusterSettings.from(limber));
  }

  private static ReplaySettings replay(Section limber, RunSettings settings) {
    return ReplaySettings.from(
        limber, settings.environments().perActor(), settings.shape().sampleSize(), false);
  }

  private static ReplayTable restored(ResumePoint point) throws Exception {
    Section limber = Section.of(TestRun.config(ENDLESS), "limber");
    ReplayTable table =
        ReplayTable.create(
            replay(limber, TestRun.settings(TestRun.config(ENDLESS))),
            new TransitionSpec(1),
            new SeededRandom(1));
    table.restore(point.replay(), point.rows());
    table.checkInvariants();
    return table;
  }

  private void await(TestRun run, String source, Metric metric, DoublePredicate wanted) {
    cluster.await(
        () -> {
          assertThat(last(run, source, metric)).as(metric.id()).matches(wanted::test);
        });
  }

  private static double step(TestRun run) {
    return run.reports.stream()
        .filter(report -> report.source().equals("learner-0"))
        .mapToDouble(report -> report.step())
        .max()
        .orElse(0);
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
