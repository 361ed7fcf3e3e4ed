package io.limber.actors.run;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import io.limber.core.intervention.Firing;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.testkit.AkkaTestKit;
import io.limber.testkit.FakeEnvironment;
import io.limber.testkit.FakeProbe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTest {

  @RegisterExtension static final AkkaTestKit AKKA = AkkaTestKit.create();

  private static final String LOCKSTEP = "limber.run.mode = lockstep";
  private static final String ASYNC = "limber.run.mode = async";
  private static final String PROBES = "limber.probe.schedule { alpha = 50, beta = 100 }";

  private final ActorTestKit kit = AKKA.kit();

  @ParameterizedTest
  // from several chunks per batch to several batches per chunk, and ratios that do not divide
  @ValueSource(doubles = {0.7, 5, 7, 33})
  void run_inLockstepTwice_reportsTheSameInTheSameOrder(double samplesPerInsert) {
    String ratio = "limber.replay.samples-per-insert = " + samplesPerInsert;

    List<Report> first = lockstep(ratio, 0);
    List<Report> second = lockstep(ratio, 100_000); // other actors overtake this learner

    assertThat(second).isEqualTo(first);
    assertThat(sources(first))
        .contains("learner-0", "environment-0", "replay-0", "probe-alpha", "probe-beta");
    assertThat(first.get(first.size() - 1).source()).isEqualTo("evaluation-0");
  }

  private List<Report> lockstep(String ratio, int learnerSpins) {
    TestRun run = TestRun.of(kit, LOCKSTEP, PROBES, ratio, "limber.probe.actors = 2");
    run.agent.withProbe("alpha", (step, progress) -> spin(50_000 - learnerSpins / 2));
    run.agent.withProbe("beta", FakeProbe.Script.NOTHING);
    run.agent.withOnUpdate(step -> spin(learnerSpins));
    RunSummary summary = run.start().finished();
    assertThat(summary.updates()).isEqualTo(200);
    assertThat(summary.probes().completed()).isEqualTo(5 + 3); // steps 0, 50 … 200 and 0, 100, 200
    return run.reproducible();
  }

  @Test
  void run_async_endsByItselfWithEverythingReleased() {
    TestRun run =
        TestRun.of(
            kit, ASYNC, "limber.environments.actors = 2", PROBES, "limber.probe.policy = wait");
    run.agent.withProbe("alpha", FakeProbe.Script.NOTHING);
    run.agent.withProbe("beta", FakeProbe.Script.NOTHING);

    RunSummary summary = run.start().finished();

    assertThat(summary.updates()).isEqualTo(200);
    assertThat(summary.targetUpdates()).isEqualTo(10);
    assertThat(summary.parameters().step()).isEqualTo(200);
    assertThat(summary.evaluationReward()).isPresent();
    assertThat(summary.environmentSteps()).isGreaterThanOrEqualTo(40);
    assertThat(summary.probes().completed()).isEqualTo(8);
    assertThat(summary.stoppedEarly()).isFalse();
    assertThat(summary.released()).isTrue();
    assertThat(run.agent.open()).isZero();
    assertThat(sources(run.reports)).contains("learner-0", "replay-0", "probe-alpha");
  }

  @Test
  void run_lockstepWithAnIntervention_tellsTheLearnerWhatWasMeasuredAndReportsTheFiring() {
    TestRun run = TestRun.of(kit, LOCKSTEP, "limber.probe.schedule.alpha = 100");
    run.agent.withProbe("alpha", FakeProbe.Script.NOTHING);
    run.agent.withIntervention(
        (step, seen) ->
            seen.size() == 2
                    && seen.get(1).step() == 100
                    && step < 100 + 2 * TestRun.UPDATES_PER_CALL
                ? List.of(new Firing("redo", "dense-1", step, 1, 3, 24))
                : List.of());

    run.start().finished();

    // the snapshot of step 100 is measured before the call after it, and that fires
    long fired = 100 + TestRun.UPDATES_PER_CALL;
    assertThat(run.reproducible())
        .filteredOn(report -> report.source().startsWith("redo"))
        .containsExactly(new Firing("redo", "dense-1", fired, 1, 3, 24).report());
  }

  @Test
  void run_thatIsPaused_standsStillButMeasuresUntilItIsResumed() {
    TestRun run = TestRun.of(kit, LOCKSTEP, "limber.probe.schedule.alpha = 100000");
    AtomicLong reached = new AtomicLong();
    CountDownLatch measured = new CountDownLatch(2); // at step 0, and by hand
    CountDownLatch begun = new CountDownLatch(1);
    run.agent.withProbe("alpha", (step, progress) -> measured.countDown());
    run.agent.withOnUpdate(
        step -> {
          reached.set(step);
          begun.countDown();
          giveWay(measured); // a busy machine may take a while to bring the wishes to the learner
        });
    run.start();
    await(begun);
    run.tell(RunGuardian.Pause.INSTANCE).tell(new RunGuardian.ProbeNow("alpha"));

    await(measured);
    long still = reached.get();
    kit.createTestProbe().expectNoMessage(Duration.ofMillis(200)); // the whole run takes less
    assertThat(reached.get()).isEqualTo(still).isLessThan(200);

    run.tell(new RunGuardian.FireNow("redo")).tell(RunGuardian.Resume.INSTANCE);
    RunSummary summary = run.finished();
    assertThat(summary.updates()).isEqualTo(200);
    assertThat(summary.probes().completed()).isEqualTo(2);
    assertThat(run.reports).filteredOn(report -> report.source().startsWith("redo")).hasSize(1);
  }

  @Test
  void run_withAProbeThatThrowsTwice_countsItAndReachesItsEnd() {
    TestRun run = TestRun.of(kit, LOCKSTEP, "limber.probe.schedule.alpha = 100");
    run.agent.withProbe(
        "alpha",
        (step, progress) -> {
          if (step == 100) {
            throw new ArithmeticException("loss is NaN");
          }
        });

    RunSummary summary = run.start().finished();

    assertThat(summary.updates()).isEqualTo(200);
    assertThat(summary.probes().failed()).isEqualTo(1);
    assertThat(summary.probes().retried()).isEqualTo(1);
    assertThat(summary.probes().completed()).isEqualTo(2); // steps 0 and 200
    assertThat(run.agent.open()).isZero();
  }

  @Test
  void run_withAProbeThatNeverReturns_trainsOnUnderSkip() {
    CountDownLatch end = new CountDownLatch(1);
    TestRun run =
        TestRun.of(
            kit,
            ASYNC,
            "limber.probe.schedule.alpha = 50",
            "limber.probe.finish-timeout = 1ms",
            "limber.run.shutdown-timeout = 200ms");
    run.agent.withProbe("alpha", (step, progress) -> await(end));

    RunSummary summary = run.start().finished();
    end.countDown();

    assertThat(summary.updates()).isEqualTo(200);
    assertThat(summary.probes().abandoned()).isEqualTo(1);
    assertThat(summary.probes().skipped()).isEqualTo(4); // of 0, 50 … 200 one runs for ever
    assertThat(summary.released()).isFalse();
  }

  @Test
  void run_whenAnEnvironmentThrows_restartsItsActorAndGoesOn() {
    AtomicInteger made = new AtomicInteger();
    AtomicBoolean thrown = new AtomicBoolean();
    CountDownLatch restarted = new CountDownLatch(3 * 4); // two actors, one of them twice
    TestRun run =
        TestRun.of(kit, ASYNC, "limber.environments.actors = 2")
            .withEnvironments(
                random -> {
                  made.incrementAndGet();
                  restarted.countDown();
                  // the first step of all: nobody's transitions can keep that actor from taking it
                  return new FakeEnvironment(step -> failIf(thrown.compareAndSet(false, true)));
                });

    run.agent.withOnUpdate(step -> await(restarted));
    RunSummary summary = run.start().finished();

    assertThat(summary.updates()).isEqualTo(200);
    assertThat(run.agent.open()).isZero();
    // two actors, one started twice, and the evaluation's environments, four each
    assertThat(made.get()).isEqualTo(4 * 4);
  }

  @Test
  void run_whenEveryEnvironmentKeepsThrowing_failsWithTheReason() {
    TestRun run =
        TestRun.of(kit, ASYNC, "limber.environments.restart.max-restarts = 2")
            .withEnvironments(random -> new FakeEnvironment(step -> failIf(true)));

    RunEvent.RunFailed failed = run.start().failed();

    assertThat(failed.reason()).contains("environment-0 failed").contains("a broken environment");
    assertThat(run.agent.open()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {ASYNC, LOCKSTEP})
  void run_whenTheLossIsNan_failsWithTheReason(String mode) {
    TestRun run = TestRun.of(kit, mode);
    run.agent.withNanAt(60);

    RunEvent.RunFailed failed = run.start().failed();

    assertThat(failed.reason()).contains("loss is NaN at learner step 60");
    assertThat(failed.released()).isTrue();
    assertThat(run.agent.open()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {ASYNC, LOCKSTEP})
  void run_stoppedWhileTraining_endsAtAStepBoundaryWithASummary(String mode) {
    CountDownLatch training = new CountDownLatch(1);
    TestRun run = TestRun.of(kit, mode, "limber.run.updates = 1000000000");
    run.agent.withOnUpdate(step -> training.countDown());

    run.start();
    await(training);
    RunSummary summary = run.stop().finished();

    assertThat(summary.stoppedEarly()).isTrue();
    assertThat(summary.updates()).isPositive().isEqualTo(summary.parameters().step());
    assertThat(summary.updates() % TestRun.UPDATES_PER_CALL).isZero();
    assertThat(summary.evaluationReward()).isPresent();
    assertThat(run.agent.open()).isZero();
  }

  @Test
  void run_stoppedAtOnce_stillSumsUpAndReleases() {
    TestRun run = TestRun.of(kit, ASYNC, PROBES);
    run.agent.withProbe("alpha", FakeProbe.Script.NOTHING);
    run.agent.withProbe("beta", FakeProbe.Script.NOTHING);

    RunSummary summary = run.start().stop().finished();

    assertThat(summary.stoppedEarly()).isTrue();
    assertThat(summary.released()).isTrue();
    assertThat(run.agent.open()).isZero();
  }

  @Test
  void run_stoppedWhileAProbeMeasures_cancelsIt() {
    CountDownLatch measuring = new CountDownLatch(1);
    TestRun run = TestRun.of(kit, LOCKSTEP, "limber.probe.schedule.alpha = 50");
    run.agent.withProbe(
        "alpha",
        (step, progress) -> {
          measuring.countDown();
          while (true) {
            progress.at(0.6);
          }
        });

    run.start();
    await(measuring);
    RunSummary summary = run.stop().finished();

    assertThat(summary.updates()).isZero();
    assertThat(summary.probes().abandoned()).isEqualTo(1);
    assertThat(summary.released()).isTrue();
    assertThat(run.agent.open()).isZero();
  }

  @Test
  void run_withAnUnknownProbe_failsBeforeTraining() {
    TestRun run = TestRun.of(kit, ASYNC, "limber.probe.schedule.alpha = 50");

    assertThat(run.start().failed().reason()).contains("no probe alpha");
  }

  @Test
  void run_withAProbeThatWantsMoreThanTheMinimum_failsWithTheRule() {
    TestRun run = TestRun.of(kit, ASYNC, "limber.probe.schedule.alpha = 50");
    run.agent.withProbe("alpha", FakeProbe.Script.NOTHING).withProbeTransitions(41);

    assertThat(run.start().failed().reason())
        .contains("limber.replay.min-size = 40 must be at least the 41 transitions");
  }

  @Test
  void run_async_reportsRatesQueuesAndMemory() {
    TestRun run =
        TestRun.of(
            kit,
            ASYNC,
            "limber.run.updates = 1000000000",
            "limber.run.system-report-interval = 5ms");
    run.start();
    kit.createTestProbe()
        .awaitAssert(
            () -> {
              assertThat(metrics(run.reports))
                  .contains(
                      Metric.LEARNER_UPDATES_PER_SECOND,
                      Metric.ENVIRONMENT_STEPS_PER_SECOND,
                      Metric.REPLAY_INSERT_BLOCKED,
                      Metric.QUEUE_DEPTH,
                      Metric.PROCESS_HEAP_USED,
                      Metric.ENVIRONMENT_POLICY_AGE,
                      Metric.REPLAY_LIMITER_DIFFERENCE);
              return null;
            });
    run.stop().finished();
  }

  private static List<Metric> metrics(List<Report> reports) {
    return reports.stream()
        .flatMap(report -> report.measurements().stream())
        .map(measurement -> measurement.metric())
        .distinct()
        .toList();
  }

  private static List<String> sources(List<Report> reports) {
    return reports.stream().map(Report::source).distinct().toList();
  }

  /** Waits for half a second at most. */
  private static void giveWay(CountDownLatch latch) {
    try {
      latch.await(500, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void failIf(boolean condition) {
    if (condition) {
      throw new IllegalStateException("a broken environment");
    }
  }

  private static void spin(int times) {
    for (int i = 0; i < times; i++) {
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, java.util.concurrent.TimeUnit.SECONDS)) {
        throw new AssertionError("did not happen within 30 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
