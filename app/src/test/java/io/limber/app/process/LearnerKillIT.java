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

/**
 * A learner's process that is killed at each stage of a checkpoint, and between target updates, of
 * which there is one in each call. To meet a stage, the process is stopped again and again, looked
 * at while it stands still, and killed if it is there.
 */
class LearnerKillIT {

  private static final long UPDATES = 3000;

  /** As many as one call does: a target update and a report follow each. */
  private static final long PERIOD = 10;

  private static final Duration LONGEST_STEP = Duration.ofMillis(7);
  private static final Duration LONGEST_LIFE = Duration.ofMillis(300);
  private static final int RANDOM_KILLS = 2;

  /** What the folder of checkpoints shows of the one that is being made. */
  private enum Stage {
    /** Files are being written and synced. */
    STAGING,
    /** The manifest is there as well, and the folders are being synced. */
    SYNCING,
    /** It has its name, and no marker yet. */
    RENAMED,
    /** It is complete, and those that it replaces are not gone yet. */
    MARKED
  }

  @TempDir private Path folder;

  private final SeededRandom random = new SeededRandom(4);

  @Test
  void learner_killedAtEachStageOfACheckpoint_updatesItsTargetsExactlyOnTime() throws Exception {
    Path run = folder.resolve("run");
    List<String> met = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      try (JavaProcess process = startOrResume(run)) {
        awaitCheckpoint(process, run);
        killAt(stage, process, run);
        met.add(stage.toString());
      }
    }
    for (int i = 0; i < RANDOM_KILLS; i++) {
      try (JavaProcess process = startOrResume(run)) {
        process.awaitLine(line -> line.startsWith("train"));
        LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_LIFE.toNanos()));
        assertThat(process.isAlive()).as("the run is over too early").isTrue();
        process.kill();
      }
    }
    try (JavaProcess last = startOrResume(run)) {
      assertThat(last.awaitExit()).as(last.errors()).isZero();
    }

    TargetUpdateAudit.requireExact(run, UPDATES, PERIOD, PERIOD);
    Path whole = folder.resolve("whole");
    try (JavaProcess undisturbed = train(whole, 0)) { // checkpoints change no number
      assertThat(undisturbed.awaitExit()).as(undisturbed.errors()).isZero();
    }
    assertThat(run.resolve("snapshots/final.limber"))
        .as("after kills at " + met)
        .hasSameBinaryContentAs(whole.resolve("snapshots/final.limber"));
  }

  private static void awaitCheckpoint(JavaProcess process, Path run) throws Exception {
    process.awaitLine(line -> line.startsWith("train"));
    Await.until("a checkpoint to go on from", JavaProcess.LIMIT, () -> hasCheckpoint(run));
  }

  private void killAt(Stage wanted, JavaProcess process, Path run) throws Exception {
    Await.until(
        "the process stands still at " + wanted,
        JavaProcess.LIMIT,
        () -> {
          assertThat(process.isAlive()).as("the run is over before " + wanted).isTrue();
          process.pause();
          if (isAt(wanted, run)) {
            process.kill();
            return true;
          }
          process.resume();
          LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_STEP.toNanos()));
          return false;
        });
  }

  private static boolean isAt(Stage stage, Path run) throws IOException {
    List<Path> staged = entries(run, ".staging-");
    List<Path> named = entries(run, "step-");
    boolean marked = named.stream().allMatch(LearnerKillIT::isMarked);
    return switch (stage) {
      case STAGING -> staged.stream().anyMatch(s -> !Files.exists(s.resolve("manifest.json")));
      case SYNCING -> staged.stream().anyMatch(s -> Files.exists(s.resolve("manifest.json")));
      case RENAMED -> staged.isEmpty() && !marked;
      case MARKED -> staged.isEmpty() && marked && named.size() > 2; // checkpoint.keep
    };
  }

  private static boolean isMarked(Path checkpoint) {
    return Files.exists(checkpoint.resolve("DONE"));
  }

  private static boolean hasCheckpoint(Path run) throws IOException {
    return entries(run, "step-").stream().anyMatch(LearnerKillIT::isMarked);
  }

  private static List<Path> entries(Path run, String prefix) throws IOException {
    Path checkpoints = run.resolve("checkpoints");
    if (!Files.isDirectory(checkpoints)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(checkpoints)) {
      return entries.filter(entry -> entry.getFileName().toString().startsWith(prefix)).toList();
    }
  }

  private JavaProcess startOrResume(Path run) throws IOException {
    if (hasCheckpoint(run)) {
      List<String> arguments = List.of("-Xmx512m", Main.class.getName(), "resume", run.toString());
      return JavaProcess.start(folder.resolve("errors"), arguments);
    }
    return train(run, PERIOD);
  }

  private JavaProcess train(Path run, long checkpointPeriod) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-Xmx512m", Main.class.getName()));
    arguments.addAll(List.of("train", "--device", "cpu", "--run-dir", run.toString()));
    for (String set :
        List.of(
            "run.mode=lockstep",
            "run.updates=" + UPDATES,
            "network.hidden-widths=[8]",
            "replay.capacity=1000",
            "replay.min-size=100",
            "learner.updates-per-call=" + PERIOD,
            "learner.target-update-period=" + PERIOD,
            "checkpoint={ period = " + checkpointPeriod + ", keep = 2, keep-best = 0 }",
            "probe.schedule.plasticity=0",
            "run.policy-period=" + PERIOD,
            "run.report-period=" + PERIOD,
            "run.evaluation-steps=0",
            "dashboard.enabled=false",
            "progress-interval=100ms")) {
      arguments.addAll(List.of("--set", set));
    }
    return JavaProcess.start(folder.resolve("errors"), arguments);
  }
}
