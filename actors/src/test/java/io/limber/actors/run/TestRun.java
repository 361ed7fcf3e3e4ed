package io.limber.actors.run;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.limber.actors.checkpoint.CheckpointParts;
import io.limber.actors.checkpoint.ResumePoint;
import io.limber.actors.remote.ClusterSettings;
import io.limber.actors.remote.RemoteRun;
import io.limber.core.agent.ExplorationSettings;
import io.limber.core.checkpoint.Checkpoint;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.checkpoint.UnusableCheckpointException;
import io.limber.core.config.Section;
import io.limber.core.env.EnvironmentFactory;
import io.limber.core.metrics.Report;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.ReplaySettings;
import io.limber.core.replay.TransitionSpec;
import io.limber.streams.metrics.MetricsHub;
import io.limber.testkit.FakeAgentFactory;
import io.limber.testkit.FakeEnvironment;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;

/** A whole run over fakes. */
final class TestRun {

  static final int BATCH_SIZE = 4;
  static final int UPDATES_PER_CALL = 5;

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final String SMALL =
      """
      limber {
        run {
          updates = 200, report-period = 50, policy-period = 10, evaluation-steps = 40
          system-report-interval = 1h, shutdown-timeout = 20s
        }
        environments { per-actor = 4, restart { min-backoff = 1ms, max-backoff = 2ms } }
        probe { schedule = null, schedule { alpha = 0, beta = 0 }, finish-timeout = 20s, keep-snapshots = none }
        checkpoint.period = 0
        replay { capacity = 200, min-size = 40, samples-per-insert = 7, tolerance = 200, file = "" }
      }
      """;

  final FakeAgentFactory agent = new FakeAgentFactory(BATCH_SIZE, UPDATES_PER_CALL);
  final List<Report> reports = new CopyOnWriteArrayList<>();

  private final ActorTestKit kit;
  private final Config config;
  private EnvironmentFactory environments = random -> new FakeEnvironment();
  private Optional<RemoteRun> remote = Optional.empty();
  private TestProbe<RunEvent> events;
  private ActorRef<RunGuardian.Command> guardian;
  private CheckpointFolder checkpoints = new CheckpointFolder(Path.of("none-is-made"));
  private Optional<ResumePoint> resume = Optional.empty();

  private TestRun(ActorTestKit kit, Config config) {
    this.kit = kit;
    this.config = config;
  }

  static TestRun of(ActorTestKit kit, String... settings) {
    return new TestRun(kit, config(settings));
  }

  /** The test's own values over small ones over the shipped defaults of the actors. */
  static Config config(String... settings) {
    return ConfigFactory.parseString(String.join("\n", settings))
        .withFallback(ConfigFactory.parseString(SMALL))
        .withFallback(ConfigFactory.load())
        .resolve();
  }

  static RunSettings settings(Config config) {
    return RunSettings.from(
        Section.of(config, "limber"), new UpdateShape(BATCH_SIZE, UPDATES_PER_CALL, 20));
  }

  TestRun withEnvironments(EnvironmentFactory factory) {
    environments = factory;
    return this;
  }

  /** Where checkpoints go. */
  TestRun withCheckpoints(Path folder) {
    checkpoints = new CheckpointFolder(folder);
    return this;
  }

  /** Goes on from there, with what was reported until then. */
  TestRun from(Checkpoint checkpoint, List<Report> reported) throws UnusableCheckpointException {
    resume = Optional.of(ResumePoint.load(checkpoint));
    reports.addAll(reported.subList(0, (int) resume.get().manifest().metricsBytes()));
    return this;
  }

  /** Environments act on nodes of the kit's cluster. */
  TestRun withNodes() {
    remote =
        Optional.of(
            new RemoteRun(
                "test-run",
                config.root().withOnlyKey("limber").render(),
                "fingerprint",
                ClusterSettings.from(Section.of(config, "limber"))));
    return this;
  }

  TestRun start() {
    Section limber = Section.of(config, "limber");
    RunSettings settings = settings(config);
    RunParts parts =
        new RunParts(
            agent,
            environments,
            new TransitionSpec(1),
            ExplorationSettings.from(limber),
            ReplaySettings.from(
                limber,
                settings.environments().perActor(),
                settings.shape().sampleSize(),
                settings.lockstep()),
            new RandomStreams(7),
            Path.of("none-is-kept"),
            MetricsHub.blueprint(
                List.of(new ListSink(reports)), settings.reportQueueSize(), Clock.systemUTC()),
            new CheckpointParts(
                checkpoints, "test", "fake", "", metric -> OptionalDouble.empty(), resume));
    events = kit.createTestProbe();
    guardian = kit.spawn(RunGuardian.create(settings, parts, remote));
    guardian.tell(new RunGuardian.Start(events.getRef()));
    return this;
  }

  TestRun stop() {
    return tell(RunGuardian.Stop.INSTANCE);
  }

  TestRun tell(RunGuardian.Command command) {
    guardian.tell(command);
    return this;
  }

  RunSummary finished() {
    RunSummary summary = events.expectMessageClass(RunEvent.RunFinished.class, LIMIT).summary();
    events.expectTerminated(guardian, LIMIT);
    return summary;
  }

  RunEvent.RunFailed failed() {
    RunEvent.RunFailed failed = events.expectMessageClass(RunEvent.RunFailed.class, LIMIT);
    events.expectTerminated(guardian, LIMIT);
    return failed;
  }

  List<Report> reproducible() {
    return reports.stream().filter(Report::reproducible).toList();
  }
}
