package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
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
 * SIGTERM while a run does this and that: fault 17. Pass, for each: it ends within 30 s by the code
 * 143, and what the learner did by then is in a complete checkpoint of its last step.
 */
class TerminateIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Enough of them to fall into start, filling, training, probes and checkpoints. */
  private static final int RANDOM_MOMENTS = 5;

  private static final Duration LATEST_MOMENT = Duration.ofSeconds(8);

  @TempDir private Path folder;

  @Test
  void atRandomMoments() throws Exception {
    SeededRandom random = new SeededRandom(17);
    for (int i = 0; i < RANDOM_MOMENTS; i++) {
      Path run = folder.resolve("run-" + i);
      try (JavaProcess process =
          train(
              run,
              "checkpoint.period=50",
              "probe.schedule.plasticity=100",
              "probe.schedule.statistics=50")) {
        LockSupport.parkNanos((long) (random.nextDouble() * LATEST_MOMENT.toNanos()));
        requireEndsWell("at a random moment", process, run);
      }
    }
  }

  @Test
  void whileReplayFills() throws Exception {
    Path run = folder.resolve("run");
    try (JavaProcess process = train(run, "replay.capacity=250000", "replay.min-size=240000")) {
      awaitFile(run, "\"environment-0\"");
      requireEndsWell("while replay fills", process, run);
    }
  }

  @Test
  void whileAProbeMeasures() throws Exception {
    Path run = folder.resolve("run");
    try (JavaProcess process =
        train(
            run,
            "probe.policy=wait",
            "probe.schedule.plasticity=10000000", // at step 0, for hours
            "plasticity.steps=10000000")) {
      awaitFile(run, "\"probe/progress\"");
      requireEndsWell("while the learner waits for a probe", process, run);
    }
  }

  @Test
  void whileCheckpointsAreWrittenAllTheTime() throws Exception {
    Path run = folder.resolve("run");
    try (JavaProcess process =
        train(run, "checkpoint.period=10", "replay.capacity=50000", "replay.min-size=20000")) {
      Await.until(
          "a checkpoint is being written",
          JavaProcess.LIMIT,
          () -> entries(run.resolve("checkpoints")).contains(".staging-"));
      requireEndsWell("while checkpoints are written all the time", process, run);
    }
  }

  @Test
  void whileTheEndIsEvaluated() throws Exception {
    Path run = folder.resolve("run");
    try (JavaProcess process =
        train(run, "run.updates=100", "run.evaluation-steps=2000000000", "checkpoint.period=50")) {
      Await.until(
          "the last checkpoint is there",
          JavaProcess.LIMIT,
          () -> Files.exists(run.resolve("checkpoints/step-000000100/DONE")));
      requireEndsWell("while the end is evaluated", process, run);
    }
  }

  @Test
  void whileItWaitsForNodes_andANodeThatWaitsForIt() throws Exception {
    try (Fleet fleet = new Fleet(folder, 1)) {
      JavaProcess run = fleet.train("checkpoint.period=100", "cluster.wait-for.environment=3");
      JavaProcess node = fleet.node("node");
      node.awaitLine(line -> line.contains("joined as"));

      requireEndsWell("while it waits for nodes", run, fleet.runFolder());
      node.signal("TERM");
      assertThat(node.awaitExit(LIMIT)).as(node.errors()).isEqualTo(143);
    }
  }

  /**
   * Pass: a second signal ends it at once, by a code of its own, whatever the first one started.
   */
  @Test
  void twice_endsAtOnceByItsOwnCode() throws Exception {
    Path run = folder.resolve("run");
    try (JavaProcess process = train(run)) {
      awaitFile(run, "\"learner/updates\"");

      // both are there when it goes on: it cannot have ended by the first one before
      process.pause();
      process.signal("TERM");
      process.signal("INT");
      process.resume();

      assertThat(process.awaitExit(LIMIT)).as(process.errors()).isEqualTo(131);
    }
  }

  private static void requireEndsWell(String when, JavaProcess process, Path run) throws Exception {
    long start = System.nanoTime();
    process.signal("TERM");
    int code = process.awaitExit(LIMIT);
    double seconds = (System.nanoTime() - start) * 1e-9;
    assertThat(code).as(process.errors()).isEqualTo(143);
    Path summary = run.resolve("summary.json");
    if (!Files.exists(summary)) {
      System.out.printf("SIGTERM %s: %.1f s, nothing had begun%n", when, seconds);
      assertThat(entries(run.resolve("checkpoints"))).doesNotContain("step-");
      return;
    }
    Config ended = TargetUpdateAudit.json(Files.readString(summary));
    long updates = ended.getLong("updates");
    System.out.printf("SIGTERM %s: %.1f s, %d updates%n", when, seconds, updates);
    assertThat(ended.getString("outcome")).isEqualTo("terminated");
    if (updates > 0) {
      Path last = run.resolve("checkpoints/step-%09d".formatted(updates));
      assertThat(last.resolve("DONE")).as("checkpoint of step %d", updates).exists();
      assertThat(entries(run.resolve("checkpoints"))).doesNotContain(".staging-");
    }
  }

  private static String entries(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return "";
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return String.join(" ", entries.map(entry -> entry.getFileName().toString()).toList());
    }
  }

  private static void awaitFile(Path run, String text) throws Exception {
    Path metrics = run.resolve("metrics.jsonl");
    Await.until(
        text,
        JavaProcess.LIMIT,
        () -> Files.exists(metrics) && Files.readString(metrics).contains(text));
  }

  private JavaProcess train(Path run, String... more) throws IOException {
    List<String> sets =
        new ArrayList<>(
            List.of(
                "run.updates=100000000",
                "network.hidden-widths=[8]",
                "replay.capacity=1000",
                "replay.min-size=100",
                "learner.target-update-period=50",
                "plasticity.steps=10",
                "plasticity.transitions=64",
                "statistics.transitions=64",
                "probe.schedule.plasticity=0",
                "checkpoint.period=1000",
                "run.report-period=50",
                "run.policy-period=50",
                "run.system-report-interval=100ms",
                "run.evaluation-steps=64"));
    sets.addAll(List.of(more));
    List<String> arguments = new ArrayList<>(List.of("-Xmx512m", Main.class.getName(), "train"));
    arguments.addAll(List.of("--device", "cpu", "--run-dir", run.toString()));
    sets.forEach(set -> arguments.addAll(List.of("--set", set)));
    return JavaProcess.start(folder.resolve(run.getFileName() + ".err"), arguments);
  }
}
