package io.limber.actors.probe;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.metrics.StepClock;
import io.limber.actors.replay.ReplayActor;
import io.limber.actors.resource.Resources;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.TransitionSpec;
import io.limber.testkit.AkkaTestKit;
import io.limber.testkit.FakeAgentFactory;
import io.limber.testkit.FakeParameters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProbeCoordinatorTest {

  @RegisterExtension static final AkkaTestKit AKKA = AkkaTestKit.withManualTime();

  private static final Duration FINISH_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration REPORT_INTERVAL = Duration.ofHours(1);

  private static final AtomicInteger SPAWNED = new AtomicInteger();

  private final ActorTestKit kit = AKKA.kit();
  private final TestProbe<ReplayActor.Command> replay = kit.createTestProbe();
  private final TestProbe<MetricsActor.Command> metrics = kit.createTestProbe();
  private final TestProbe<ProbeEvent> run = kit.createTestProbe();
  private final TestProbe<ProbeCoordinator.GoOn> learner = kit.createTestProbe();
  private final TestProbe<ProbeCoordinator.Found> results = kit.createTestProbe();
  private final Semaphore measurements = new Semaphore(0);
  private final FakeAgentFactory agent =
      new FakeAgentFactory(4, 5)
          .withProbe("alpha", (step, progress) -> measurements.acquireUninterruptibly());

  private ActorRef<ProbeCoordinator.Command> coordinator;

  private void start(ProbePolicy policy, int queueSize) {
    ProbeSettings settings =
        new ProbeSettings(
            ProbeSchedule.every(Map.of("alpha", 10L)),
            policy,
            queueSize,
            1,
            0,
            FINISH_TIMEOUT,
            false,
            REPORT_INTERVAL);
    coordinator =
        kit.spawn(
            ProbeCoordinator.create(
                settings,
                new ProbeCoordinator.Means(
                    agent::createProbe,
                    new TransitionSpec(1),
                    40,
                    new RandomStreams(1),
                    Path.of("none-is-kept"),
                    new StepClock(),
                    Resources.of(kit.system()),
                    Optional.empty(),
                    Optional.empty()),
                new ProbeCoordinator.Neighbours(replay.getRef(), metrics.getRef(), run.getRef())),
            "probes-" + SPAWNED.getAndIncrement());
  }

  @AfterEach
  void letAllMeasurementsEnd() {
    measurements.release(100);
    kit.stop(coordinator);
  }

  /** Hands over a snapshot and plays the replay actor. */
  private void handOver(long step) {
    coordinator.tell(
        new ProbeCoordinator.Measure(
            FakeParameters.agent(step, 1), List.of("alpha"), results.getRef(), learner.getRef()));
    ReplayActor.Peek peek = replay.expectMessageClass(ReplayActor.Peek.class);
    peek.into().setSize(peek.into().capacity());
    for (int i = 0; i < peek.into().size(); i++) {
      peek.into().aTm1().putInt(i * Integer.BYTES, 0);
      peek.into().rT().putFloat(i * Float.BYTES, 0);
      peek.into().discountT().putFloat(i * Float.BYTES, 1);
    }
    peek.replyTo().tell(new ReplayActor.Peeked(peek.id(), peek.into()));
  }

  @Test
  void measure_underSkip_letsTheLearnerGoOnAtOnceAndKeepsTheNewest() {
    start(ProbePolicy.SKIP, 1);
    for (long step = 0; step <= 30; step += 10) {
      handOver(step);
      learner.expectMessage(new ProbeCoordinator.GoOn(step));
    }
    measurements.release(2);
    coordinator.tell(new ProbeCoordinator.Finish(false));

    ProbeTally tally = run.expectMessageClass(ProbeEvent.Finished.class).tally();
    assertThat(tally).isEqualTo(new ProbeTally(2, 2, 0, 0, 0)); // 0 runs, then 30
    assertThat(measuredStep()).isZero();
    assertThat(measuredStep()).isEqualTo(30);
  }

  @Test
  void measure_underQueue_holdsTheLearnerWhileTheQueueIsFull() {
    start(ProbePolicy.QUEUE, 1);
    handOver(0);
    learner.expectMessage(new ProbeCoordinator.GoOn(0));
    handOver(10);
    learner.expectMessage(new ProbeCoordinator.GoOn(10));
    handOver(20);

    measurements.release(1);

    assertThat(measuredStep()).isZero(); // before that the learner was not told to go on
    assertThat(results.receiveMessage().measurements()).allMatch(found -> found.step() == 0);
    learner.expectMessage(new ProbeCoordinator.GoOn(20));
  }

  @Test
  void finish_whenTheTimeForItIsOver_countsARunningMeasurementAsAbandoned(ManualTime time) {
    start(ProbePolicy.SKIP, 1);
    handOver(0);
    learner.expectMessage(new ProbeCoordinator.GoOn(0));
    handOver(10);
    learner.expectMessage(new ProbeCoordinator.GoOn(10));

    coordinator.tell(new ProbeCoordinator.Finish(false));
    time.expectNoMessageFor(FINISH_TIMEOUT.minusMillis(1), run);
    time.timePasses(Duration.ofMillis(1));

    run.expectMessage(new ProbeEvent.Finished(new ProbeTally(0, 1, 0, 0, 1)));
  }

  @Test
  void report_whenDue_tellsProgressAndTally(ManualTime time) {
    start(ProbePolicy.SKIP, 1);
    handOver(0);
    learner.expectMessage(new ProbeCoordinator.GoOn(0));

    time.timePasses(REPORT_INTERVAL);

    MetricsActor.Record progress = metrics.expectMessageClass(MetricsActor.Record.class);
    MetricsActor.Record tally = metrics.expectMessageClass(MetricsActor.Record.class);
    assertThat(progress.report().source()).isEqualTo("probe-0");
    assertThat(tally.report().measurements()).hasSize(5);
  }

  private long measuredStep() {
    MetricsActor.Record record = metrics.expectMessageClass(MetricsActor.Record.class);
    var tables = metrics.expectMessageClass(MetricsActor.RecordTables.class).tables();
    assertThat(tables.step()).isEqualTo(record.report().step());
    metrics.expectMessageClass(MetricsActor.Record.class); // its lag and duration
    return record.report().step();
  }
}
