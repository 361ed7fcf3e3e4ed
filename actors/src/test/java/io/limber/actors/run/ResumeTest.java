package io.limber.actors.run;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.checkpoint.Checkpoint;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.testkit.AkkaTestKit;
import io.limber.testkit.FakeProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that go on from a checkpoint, compared with the same run without a break. */
class ResumeTest {

  @RegisterExtension static final AkkaTestKit AKKA = AkkaTestKit.create();

  private static final String LOCKSTEP = "limber.run.mode = lockstep";
  private static final String PROBES = "limber.probe.schedule { alpha = 50, beta = 100 }";
  private static final String EVERY_CALL =
      "limber.checkpoint { period = " + TestRun.UPDATES_PER_CALL + ", keep = 1000 }";

  @TempDir private Path folder;

  private final ActorTestKit kit = AKKA.kit();

  private TestRun run(String... settings) {
    TestRun run = TestRun.of(kit, settings).withCheckpoints(folder);
    run.agent.withProbe("alpha", FakeProbe.Script.NOTHING);
    run.agent.withProbe("beta", FakeProbe.Script.NOTHING);
    return run;
  }

  private List<Checkpoint> checkpoints() throws IOException {
    return new CheckpointFolder(folder).list();
  }

  private Checkpoint checkpoint(long step) throws IOException {
    return checkpoints().stream().filter(found -> found.step() == step).findAny().orElseThrow();
  }

  private static float value(ParameterSnapshot parameters) {
    return parameters.values().get(0);
  }

  /** Whatever the step, and though more rows were replaced than replay holds. */
  @ParameterizedTest
  @ValueSource(doubles = {0.7, 7, 33})
  void run_inLockstepFromAnyCheckpoint_endsAsTheOneThatMadeIt(double samplesPerInsert)
      throws Exception {
    String[] settings = {
      LOCKSTEP, PROBES, EVERY_CALL, "limber.replay.samples-per-insert = " + samplesPerInsert
    };
    TestRun whole = run(settings);
    whole.agent.withOnUpdate(ResumeTest::spin);
    RunSummary expected = whole.start().finished();
    List<Report> reports = List.copyOf(whole.reports);
    assertThat(checkpoints()).hasSizeGreaterThan(4);

    for (Checkpoint checkpoint : checkpoints()) {
      TestRun resumed = run(settings[0], settings[1], settings[3]).from(checkpoint, reports);
      RunSummary summary = resumed.start().finished();
      assertThat(value(summary.parameters()))
          .as(checkpoint.toString())
          .isEqualTo(value(expected.parameters()));
      assertThat(summary.environmentSteps()).isEqualTo(expected.environmentSteps());
      assertThat(summary.probes()).isEqualTo(expected.probes());
      assertThat(resumed.reproducible()).as(checkpoint.toString()).isEqualTo(whole.reproducible());
    }
  }

  /** Stopped while a probe measures, which then measures once and not twice. */
  @Test
  void run_stoppedInLockstepWhileProbesMeasure_goesOnAsIfItHadNotBeen() throws Exception {
    TestRun whole = run(LOCKSTEP, PROBES, "limber.checkpoint.period = 1000");
    RunSummary expected = whole.start().finished();
    CountDownLatch measuring = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    TestRun stopped = run(LOCKSTEP, PROBES, "limber.checkpoint.period = 1000");
    stopped.agent.withProbe(
        "beta",
        (step, progress) -> {
          if (step == 100) {
            measuring.countDown();
            await(goOn);
          }
        });
    stopped.start();
    await(measuring);
    stopped.stop();
    while (checkpoints().stream().noneMatch(found -> found.step() == 100)) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    assertThat(stopped.finished().updates()).isEqualTo(100);

    TestRun resumed = run(LOCKSTEP, PROBES).from(checkpoint(100), stopped.reports);
    RunSummary summary = resumed.start().finished();

    assertThat(resumed.reproducible()).isEqualTo(whole.reproducible());
    assertThat(summary.probes()).isEqualTo(expected.probes());
  }

  /** The fake learner is faster than the disk, and the next checkpoint waits for the last. */
  private static void spin(long step) {
    long end = System.nanoTime() + 15_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void run_asyncFromACheckpoint_reachesItsEnd() throws Exception {
    String[] settings = {"limber.environments.actors = 2", PROBES, "limber.probe.policy = wait"};
    run(EVERY_CALL, settings[0], settings[1], settings[2]).start().finished();
    List<Checkpoint> all = checkpoints();
    assertThat(all).isNotEmpty();
    assertThat(all.get(0).step()).isEqualTo(200); // the one at the end

    for (Checkpoint checkpoint : all) {
      TestRun resumed = run(settings).from(checkpoint, Collections.nCopies(100_000, null));
      RunSummary summary = resumed.start().finished();
      assertThat(summary.updates()).isEqualTo(200);
      assertThat(summary.released()).isTrue();
    }
  }

  /** The final step is at a multiple of the report period, so no report is cut short. */
  @Test
  void run_thatFinished_canBeExtended() throws Exception {
    RunSummary expected = run(LOCKSTEP, PROBES, "limber.run.updates = 300").start().finished();
    TestRun shorter = run(LOCKSTEP, PROBES, "limber.checkpoint.period = 100000");
    shorter.start().finished();

    RunSummary summary =
        run(LOCKSTEP, PROBES, "limber.run.updates = 300")
            .from(checkpoint(200), shorter.reports)
            .start()
            .finished();

    assertThat(value(summary.parameters())).isEqualTo(value(expected.parameters()));
    assertThat(summary.probes()).isEqualTo(expected.probes());
  }

  /** A file where the folder should be stands for a disk that takes nothing, until it is gone. */
  @Test
  void run_whoseCheckpointsCannotBeWritten_trainsOnAndTriesAgainWhenThereIsRoom() throws Exception {
    Path disk = folder.resolve("disk");
    Files.writeString(disk, "full");
    CountDownLatch failed = new CountDownLatch(1);
    TestRun run =
        TestRun.of(
                kit,
                LOCKSTEP,
                "limber.checkpoint { period = 50, retry { min-backoff = 1ms, max-backoff = 2ms } }")
            .withCheckpoints(disk);
    run.agent.withOnUpdate(
        step -> {
          if (step == 100) {
            await(failed);
          }
        });
    run.start();
    while (failures(run).isEmpty()) {
      Thread.onSpinWait();
    }
    Files.delete(disk);
    failed.countDown();

    assertThat(run.finished().updates()).isEqualTo(200);
    assertThat(failures(run).get(0)).isEqualTo(1);
    List<Checkpoint> made = new CheckpointFolder(disk).list();
    assertThat(made.get(0).step()).isEqualTo(200);
    made.get(0).verify();
  }

  private static List<Double> failures(TestRun run) {
    return run.reports.stream()
        .flatMap(report -> report.measurements().stream())
        .filter(measurement -> measurement.metric() == Metric.CHECKPOINT_FAILURES)
        .map(Measurement::value)
        .toList();
  }
}
