package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.Main;
import io.limber.core.random.SeededRandom;
import io.limber.testkit.process.Await;
import io.limber.testkit.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of the program that are really killed, and go on. */
class ResumeIT {

  private static final int KILLS = 20;
  private static final Duration LONGEST_LIFE = Duration.ofMillis(1500);

  /** A treatment at each target update, two probes, and exploration that falls all the while. */
  private static final List<String> REINFORCEMENT =
      List.of(
          "interventions.redo.when=target-update",
          "probe.schedule.plasticity=200",
          "probe.schedule.statistics=100",
          "statistics.transitions=64",
          "environment.kind=random-label");

  /** Labels that are drawn anew, and a treatment that waits for what a probe measured. */
  private static final List<String> RELABELLING =
      List.of(
          "environment.kind=supervised",
          "objective.kind=classification",
          "environment.supervised.labels=random",
          "environment.supervised.relabel-every-steps=40",
          "interventions.shrink-and-perturb.when=statistics/dead-fraction > -1",
          "probe.schedule.statistics=100",
          "statistics.transitions=64");

  @TempDir private Path folder;

  @Test
  void resume_afterBeingKilledAtRandomMoments_endsAsIfItHadNotBeen() throws Exception {
    SeededRandom random = new SeededRandom(20);
    int kills = killAgainAndAgain("reinforcement", REINFORCEMENT, KILLS / 2, random);
    kills += killAgainAndAgain("relabelling", RELABELLING, KILLS - KILLS / 2, random);
    assertThat(kills).isEqualTo(KILLS);
  }

  /** Kills run after run of the same settings, until it was done often enough. */
  private int killAgainAndAgain(String name, List<String> sets, int kills, SeededRandom random)
      throws Exception {
    Path whole = folder.resolve(name + "-whole");
    end(start(train(whole, sets)), 0);
    int done = 0;
    for (int i = 0; done < kills; i++) {
      Path run = folder.resolve(name + "-" + i);
      boolean ended = false;
      while (!ended) {
        List<String> arguments =
            hasCheckpoint(run) ? List.of("resume", run.toString()) : train(run, sets);
        try (JavaProcess process = start(arguments)) {
          if (done < kills) {
            ended = killed(process, run, random);
            done += ended ? 0 : 1;
          } else {
            end(process, 0);
            ended = true;
          }
        }
      }
      assertSame(whole, run);
    }
    return done;
  }

  private static boolean hasCheckpoint(Path run) throws IOException {
    Path checkpoints = run.resolve("checkpoints");
    if (!Files.isDirectory(checkpoints)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(checkpoints)) {
      return entries.anyMatch(entry -> Files.exists(entry.resolve("DONE")));
    }
  }

  /** Whether it came to its end before it was killed. */
  private boolean killed(JavaProcess process, Path run, SeededRandom random) throws Exception {
    process.awaitLine(line -> line.startsWith("train"));
    Await.until(
        "a checkpoint to go on from",
        JavaProcess.LIMIT,
        () -> hasCheckpoint(run) || !process.isAlive());
    LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_LIFE.toNanos()));
    if (!process.isAlive()) {
      end(process, 0);
      return true;
    }
    process.signal("KILL");
    process.awaitExit();
    return false;
  }

  @Test
  void terminate_whileTraining_leavesACheckpointOfItsLastStep() throws Exception {
    Path run = folder.resolve("run");
    List<String> sets =
        List.of("run.mode=async", "checkpoint.period=100000", "run.updates=1000000");
    try (JavaProcess process = start(train(run, sets))) {
      process.awaitLine(line -> line.matches("train +0% +[1-9].*updates/s.*"));
      process.signal("TERM");
      end(process, 143);
    }
    assertThat(hasCheckpoint(run)).isTrue();
    try (JavaProcess process = start(List.of("inspect", run.toString(), "--json"))) {
      end(process, 0);
      assertThat(process.output().get(0))
          .contains("\"complete\":true")
          .contains("\"finished\":false");
    }
    try (JavaProcess process =
        start(List.of("resume", run.toString(), "--set", "replay.capacity=7"))) {
      end(process, 2);
      assertThat(process.errors()).contains("limber.replay.capacity = 7 must stay 1000");
    }
  }

  private JavaProcess start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("-Xmx512m", Main.class.getName()));
    command.addAll(arguments);
    return JavaProcess.start(folder.resolve("errors"), command);
  }

  private static void end(JavaProcess process, int code) throws Exception {
    assertThat(process.awaitExit()).as(process.errors()).isEqualTo(code);
  }

  private static List<String> train(Path run, List<String> more) {
    List<String> sets =
        new ArrayList<>(
            List.of(
                "run.mode=lockstep",
                "run.updates=3000",
                "network.hidden-widths=[8]",
                "replay.capacity=1000",
                "replay.min-size=100",
                "learner.target-update-period=100",
                "checkpoint.period=50",
                "plasticity.steps=10",
                "plasticity.transitions=64",
                "run.report-period=100",
                "run.system-report-interval=100ms",
                "run.evaluation-steps=64",
                "progress-interval=100ms"));
    sets.addAll(more);
    List<String> arguments =
        new ArrayList<>(List.of("train", "--device", "cpu", "--run-dir", run.toString()));
    sets.forEach(set -> arguments.addAll(List.of("--set", set)));
    return arguments;
  }

  private static void assertSame(Path whole, Path run) throws IOException {
    assertThat(reproducible(run)).isEqualTo(reproducible(whole));
    assertThat(run.resolve("snapshots/final.limber"))
        .hasSameBinaryContentAs(whole.resolve("snapshots/final.limber"));
  }

  /** The lines that no clock has a part in, without their times. */
  private static List<String> reproducible(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
        .filter(line -> !line.contains("\"wall\":true"))
        .map(line -> line.substring(line.indexOf("\"source\"")))
        .toList();
  }
}
