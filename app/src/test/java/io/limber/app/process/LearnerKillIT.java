package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.Main;
import io.limber.core.random.SeededRandom;
import io.limber.testkit.process.Await;
import io.limber.testkit.process.JavaProcess;
import io.limber.testkit.process.Watchpoint;
import io.limber.testkit.process.Watchpoint.Access;
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
 * A learner's process that is killed at each stage of a target update and of a checkpoint, one of
 * each following every call. A stage of a target update is between two instructions, at which a
 * debugger stops the learner's thread. To meet a stage of a checkpoint, the process is stopped
 * again and again, looked at while it stands still, and killed if it is there.
 */
class LearnerKillIT {

  /** Never reached: how far it has come when all kills are done depends on the machine. */
  private static final long ENDLESS = 100_000_000;

  /** After the last kill. */
  private static final long MORE = 200;

  /** As many as one call does: a target update and a report follow each. */
  private static final long PERIOD = 10;

  private static final Duration LONGEST_STEP = Duration.ofMillis(7);
  private static final Duration LONGEST_LIFE = Duration.ofMillis(300);
  private static final int RANDOM_KILLS = 2;
  private static final int MOST_TARGET_UPDATES = 20;

  private static final String STEP = "step-";
  private static final String LEARNER = "io.limber.numerics.agent.TensorFlowLearner";
  private static final String REPORTS = "io.limber.actors.learner.LearnerReports";

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

  /** How far the learner has come with a target update. */
  private enum TargetStage {
    /** The call's last update is done, and the target network is still the old one. */
    DUE(Access.READ, LEARNER, "update", "syncTarget"),
    /** The target network is the new one, and the learner has not counted that. */
    SYNCHRONISED(Access.WRITE, LEARNER, "update", "targetUpdates"),
    /** The learner has, and nothing else in the run has heard of it. */
    UNREPORTED(Access.WRITE, REPORTS, "add", "targetUpdates");

    private final Watchpoint place;

    TargetStage(Access access, String type, String method, String field) {
      place = new Watchpoint(access, type, method, field);
    }
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
    requireAsIfNeverKilled(run, met);
  }

  @Test
  void learner_killedAtEachStageOfATargetUpdate_doesItExactlyOnce() throws Exception {
    Path run = folder.resolve("run");
    List<String> met = new ArrayList<>();
    for (TargetStage stage : TargetStage.values()) {
      long before = newestCheckpoint(run) / PERIOD + 1 + random.nextInt(MOST_TARGET_UPDATES);
      try (JavaProcess process = startOrResume(run, Watchpoint.OPTION)) {
        stage.place.await(process, "targetUpdates", before);
        // all others go on: whatever they were told of the learner is on the disk then
        Await.until(
            "what was being saved is saved",
            JavaProcess.LIMIT,
            () -> hasCheckpoint(run) && entries(run, ".staging-").isEmpty());
        process.kill();
      }
      long step = before * PERIOD;
      met.add(stage + " at step " + (step + PERIOD));
      assertThat(newestCheckpoint(run)).as("newest checkpoint after %s", met).isBetween(1L, step);
    }
    System.out.println("killed with a target update " + met);
    requireAsIfNeverKilled(run, met);
  }

  /** Lets it go on to its end. */
  private void requireAsIfNeverKilled(Path run, List<String> met) throws Exception {
    long updates = newestCheckpoint(run) + MORE;
    try (JavaProcess last = resume(run, List.of(), "--updates", Long.toString(updates))) {
      assertThat(last.awaitExit()).as(last.errors()).isZero();
    }

    TargetUpdateAudit.requireExact(run, updates, PERIOD, PERIOD);
    Path whole = folder.resolve("whole");
    try (JavaProcess undisturbed = train(whole, updates, 0, List.of())) {
      // checkpoints change no number
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
    List<Path> named = entries(run, STEP);
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
    return newestCheckpoint(run) > 0;
  }

  /** Its step; 0 if there is none that is complete. */
  private static long newestCheckpoint(Path run) throws IOException {
    return entries(run, STEP).stream()
        .filter(LearnerKillIT::isMarked)
        .mapToLong(entry -> Long.parseLong(entry.getFileName().toString().substring(STEP.length())))
        .max()
        .orElse(0);
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

  private JavaProcess startOrResume(Path run, String... jvm) throws IOException {
    return hasCheckpoint(run)
        ? resume(run, List.of(jvm))
        : train(run, ENDLESS, PERIOD, List.of(jvm));
  }

  private JavaProcess resume(Path run, List<String> jvm, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(jvm);
    arguments.addAll(List.of("-Xmx512m", Main.class.getName(), "resume", run.toString()));
    arguments.addAll(List.of(more));
    return JavaProcess.start(folder.resolve("errors"), arguments);
  }

  private JavaProcess train(Path run, long updates, long checkpointPeriod, List<String> jvm)
      throws IOException {
    List<String> arguments = new ArrayList<>(jvm);
    arguments.addAll(List.of("-Xmx512m", Main.class.getName()));
    arguments.addAll(List.of("train", "--device", "cpu", "--run-dir", run.toString()));
    for (String set :
        List.of(
            "run.mode=lockstep",
            "run.updates=" + updates,
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
