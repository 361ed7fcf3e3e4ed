package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.Main;
import io.limber.testkit.network.Direction;
import io.limber.testkit.network.LoopbackProxy;
import io.limber.testkit.process.Await;
import io.limber.testkit.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose replay is in a process of its own: that is killed, and its network goes bad. */
class ReplayNodeIT {

  private static final int ACTORS = 2;
  private static final int PER_ACTOR = 64;

  /** Ten of each environment actor and of the learner. */
  private static final int QUIET_REPORTS = 10 * (ACTORS + 1);

  private static final long CHECKPOINT_PERIOD = 1000;

  /** The shipped {@code cluster.in-flight-chunks}, and one more that is being made. */
  private static final int WINDOW = 16 + 1;

  private static final long PERIOD = 100;
  private static final Pattern RATE =
      Pattern.compile("\"(?:environment/steps|learner/updates)-per-second\":([0-9.E]+)");
  private static final Pattern RESTORED =
      Pattern.compile(
          "replay is restored on \\S+ from the checkpoint at step (\\d+): (\\d+) transitions are lost");

  @TempDir private Path folder;

  @Test
  void replayNode_killedAndStartedAgain_isRestoredAndTheLossIsANumber() throws Exception {
    int port = LoopbackProxy.freePort();
    int replayPort = LoopbackProxy.freePort();
    try (JavaProcess train = train(port);
        JavaProcess environments = node("environments", port, "--role", "environment")) {
      try (JavaProcess replay = replay("replay", port, replayPort)) {
        replay.awaitLine(line -> line.startsWith("node: keeps the replay of run "));
        environments.awaitLine(line -> line.startsWith("node: hosts run "));
        awaitMetric("checkpoint/completed", count -> count >= 2);
        double inserted = log().sum("replay/inserted");
        awaitMetric("replay/inserted", count -> count >= inserted + 2 * PERIOD);

        replay.kill();
      }
      awaitStandstill();
      long start = System.nanoTime();
      double before = log().sum("checkpoint/completed");
      try (JavaProcess replay = replay("again", port, replayPort)) {
        replay.awaitLine(line -> line.startsWith("node: keeps the replay of run "));
        awaitMetric("cluster/replay-losses", losses -> losses == 1);
        awaitMetric("cluster/replay-there", there -> there == 1);
        System.out.printf(
            "replay is back %.1f s after its node was started again%n",
            (System.nanoTime() - start) / 1e9);
        awaitMetric("checkpoint/completed", count -> count > before);

        train.signal("TERM");
        assertThat(train.awaitExit()).as(train.errors()).isEqualTo(143);
      }
    }
    assertLossIsToldAndBounded();
    long updates =
        TargetUpdateAudit.json(Files.readString(run().resolve("summary.json"))).getLong("updates");
    TargetUpdateAudit.requireExact(run(), updates, PERIOD, PERIOD);
    assertGoesOnAlone(updates);
  }

  /** With so short a period one checkpoint follows the other: the node leaves in the middle. */
  @Test
  void replayNode_thatIsStopped_handsItsTableToAnotherAndLosesNothing() throws Exception {
    int port = LoopbackProxy.freePort();
    try (JavaProcess train = train(port, "checkpoint.period=50");
        JavaProcess environments = node("environments", port, "--role", "environment");
        JavaProcess leaver = replay("leaver", port, LoopbackProxy.freePort())) {
      leaver.awaitLine(line -> line.startsWith("node: keeps the replay of run "));
      environments.awaitLine(line -> line.startsWith("node: hosts run "));
      awaitMetric("checkpoint/completed", count -> count >= 1);
      try (JavaProcess heir = replay("heir", port, LoopbackProxy.freePort())) {
        heir.awaitLine(line -> line.startsWith("node: joined "));

        leaver.signal("TERM");
        leaver.awaitLine(line -> line.startsWith("node: has handed over the replay of run "));
        assertThat(leaver.awaitExit()).as(leaver.errors()).isEqualTo(143);
        heir.awaitLine(line -> line.startsWith("node: keeps the replay of run "));
        double checkpoints = log().sum("checkpoint/completed");
        goesOn("after the node was stopped");
        awaitMetric("checkpoint/completed", count -> count > checkpoints);
        stop(train);
      }
    }
    assertNothingIsLost();
  }

  @Test
  void replayNode_thatIsStoppedAlone_findsItsTableWhenItIsStartedAgain() throws Exception {
    int port = LoopbackProxy.freePort();
    int replayPort = LoopbackProxy.freePort();
    try (JavaProcess train = train(port);
        JavaProcess environments = node("environments", port, "--role", "environment")) {
      try (JavaProcess replay = replay("replay", port, replayPort)) {
        replay.awaitLine(line -> line.startsWith("node: keeps the replay of run "));
        environments.awaitLine(line -> line.startsWith("node: hosts run "));
        awaitMetric("replay/inserted", count -> count >= 1000);
        stop(replay);
      }
      awaitStandstill();
      try (JavaProcess replay = replay("again", port, replayPort)) {
        replay.awaitLine(line -> line.startsWith("node: keeps the replay of run "));
        goesOn("after the node was started again");
        stop(replay);
      }
      awaitStandstill();
      stop(train); // while nobody has the table
    }
    assertNothingIsLost();
  }

  private static void stop(JavaProcess process) throws Exception {
    process.signal("TERM");
    assertThat(process.awaitExit()).as(process.errors()).isEqualTo(143);
  }

  /** Counted by the inlets as confirmed, by the table as inserted; and the last checkpoint is. */
  private void assertNothingIsLost() throws Exception {
    assertThat(runLog()).contains("handed over: 0 transitions are lost");
    assertThat(log().total("cluster/replay-lost")).isZero();
    assertThat(log().total("cluster/replay-losses")).isZero();
    assertThat(log().total("checkpoint/failures")).isZero();
    String summary = Files.readString(run().resolve("summary.json"));
    double confirmed = log().total("cluster/transitions");
    double onTheirWay = ACTORS * WINDOW * PER_ACTOR;
    assertThat((double) TargetUpdateAudit.json(summary).getLong("environment-steps"))
        .isBetween(confirmed, confirmed + onTheirWay);
    assertThat(run().resolve("handover")).doesNotExist();
    long updates = TargetUpdateAudit.json(summary).getLong("updates");
    assertThat(run().resolve("checkpoints/step-%09d/DONE".formatted(updates))).exists();
    TargetUpdateAudit.requireExact(run(), updates, PERIOD, PERIOD);
    assertGoesOnAlone(updates);
  }

  /** A node that cannot be reached keeps what it holds, and is waited for. */
  @Test
  @Tag("long")
  void network_thatIsGoneForAWhile_losesNothing() throws Exception {
    int port = LoopbackProxy.freePort();
    int replayPort = LoopbackProxy.freePort();
    try (LoopbackProxy toRun = LoopbackProxy.to(port);
        LoopbackProxy toReplay = LoopbackProxy.to(replayPort);
        JavaProcess train = train(toRun.port(), "akka.remote.artery.bind.port=" + port);
        JavaProcess environments = node("environments", toRun.port(), "--role", "environment");
        JavaProcess replay =
            node(
                "replay",
                toRun.port(),
                "--role",
                "replay",
                "--bind",
                "127.0.0.1:" + toReplay.port(),
                "--set",
                "akka.remote.artery.bind.port=" + replayPort)) {
      replay.awaitLine(line -> line.startsWith("node: keeps the replay of run "));
      environments.awaitLine(line -> line.startsWith("node: hosts run "));
      goesOn("at first");

      toReplay.blackhole(Direction.values());
      Await.until("it is noticed", JavaProcess.LIMIT, () -> runLog().contains("UNREACHABLE"));
      toReplay.mend();
      goesOn("after the replay node could not be reached");
      toReplay.reset();
      goesOn("after its connections were reset");
      toReplay.blackhole(Direction.TO_TARGET);
      Await.until(
          "no batch comes", JavaProcess.LIMIT, () -> log().sum("learner/updates-per-second") == 0);
      toReplay.mend();
      goesOn("after nothing had reached it");

      train.signal("TERM");
      assertThat(train.awaitExit()).as(train.errors()).isEqualTo(143);
    }
    System.out.printf("%.0f messages sent again%n", log().sum("cluster/replay-resent"));
    assertThat(log().sum("cluster/replay-losses")).isZero();
    assertThat(log().sum("cluster/replay-lost")).isZero();
    long updates =
        TargetUpdateAudit.json(Files.readString(run().resolve("summary.json"))).getLong("updates");
    TargetUpdateAudit.requireExact(run(), updates, PERIOD, PERIOD);
  }

  private void goesOn(String when) throws Exception {
    double inserted = log().sum("replay/inserted");
    long start = System.nanoTime();
    awaitMetric("replay/inserted", count -> count >= inserted + 500);
    System.out.printf("500 transitions %s: %.1f s%n", when, (System.nanoTime() - start) / 1e9);
  }

  private String runLog() throws IOException {
    return Files.readString(run().resolve("run.log"));
  }

  /** Nobody confirms what the environments have made, so they make no more; nobody learns. */
  private void awaitStandstill() throws Exception {
    Await.until(
        "environments and learner stand still",
        JavaProcess.LIMIT,
        () -> {
          List<String> lines = Files.readAllLines(run().resolve("metrics.jsonl"));
          List<Double> rates = new ArrayList<>();
          for (int i = lines.size() - 1; i >= 0 && rates.size() < QUIET_REPORTS; i--) {
            Matcher rate = RATE.matcher(lines.get(i));
            if (rate.find()) {
              rates.add(Double.parseDouble(rate.group(1)));
            }
          }
          return rates.size() == QUIET_REPORTS && rates.stream().allMatch(rate -> rate == 0);
        });
  }

  private void assertLossIsToldAndBounded() throws IOException {
    Matcher line = RESTORED.matcher(runLog());
    assertThat(line.find()).as("the log tells the loss").isTrue();
    System.out.printf("from step %s: %s transitions are lost%n", line.group(1), line.group(2));
    double lost = Double.parseDouble(line.group(2));
    assertThat(log().sum("cluster/replay-lost")).isEqualTo(lost);
    // none if a checkpoint was made just before; one batch of 32 for 32 samples per insert: a
    // transition for each update, two checkpoints at
    // most behind, and what the limiter lets run ahead
    assertThat(lost).isBetween(0.0, 2.0 * CHECKPOINT_PERIOD + 1000);
  }

  /**
   * The checkpoints hold the rows that were elsewhere: the run goes on with them in one process.
   */
  private void assertGoesOnAlone(long updates) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-Xmx512m", Main.class.getName(), "resume"));
    arguments.addAll(List.of(run().toString(), "--updates", Long.toString(updates + PERIOD)));
    try (JavaProcess resumed = JavaProcess.start(folder.resolve("resumed.err"), arguments)) {
      assertThat(resumed.awaitExit()).as(resumed.errors()).isZero();
    }
    assertThat(
            TargetUpdateAudit.json(Files.readString(run().resolve("summary.json")))
                .getLong("updates"))
        .isEqualTo(updates + PERIOD);
  }

  private void awaitMetric(String metric, DoublePredicate wanted) throws Exception {
    Await.until(metric, JavaProcess.LIMIT, () -> wanted.test(log().sum(metric)));
  }

  private EventLog log() {
    return new EventLog(run());
  }

  private Path run() {
    return folder.resolve("run");
  }

  private JavaProcess train(int port, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-Xmx512m", Main.class.getName(), "train"));
    arguments.addAll(List.of("--cluster", "--bind", "127.0.0.1:" + port, "--device", "cpu"));
    arguments.addAll(List.of("--updates", "100000000", "--run-dir", run().toString()));
    List<String> sets =
        new ArrayList<>(
            List.of(
                "cluster.replay=remote",
                "network.hidden-widths=[8]",
                "replay.capacity=5000",
                "replay.min-size=600",
                "environments.actors=" + ACTORS,
                "environments.per-actor=" + PER_ACTOR,
                "learner.target-update-period=" + PERIOD,
                "probe.schedule.plasticity=0",
                "checkpoint.period=" + CHECKPOINT_PERIOD,
                "run.report-period=" + PERIOD,
                "run.system-report-interval=100ms",
                "run.evaluation-steps=64"));
    sets.addAll(List.of(more));
    sets.forEach(set -> arguments.addAll(List.of("--set", set)));
    return JavaProcess.start(folder.resolve("train.err"), arguments);
  }

  private JavaProcess replay(String name, int port, int own) throws IOException {
    return node(name, port, "--role", "replay", "--bind", "127.0.0.1:" + own);
  }

  private JavaProcess node(String name, int port, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-Xmx512m", Main.class.getName(), "node"));
    arguments.addAll(List.of("--join", "127.0.0.1:" + port));
    arguments.addAll(List.of(more));
    return JavaProcess.start(folder.resolve(name + ".err"), arguments);
  }
}
