package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import io.limber.app.Main;
import io.limber.testkit.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps whose processes are killed: nothing is trained twice, and no target update is lost. */
class SweepIT {

  private static final long UPDATES = 12_000;
  private static final long REPORT_PERIOD = 100;
  private static final long TARGET_PERIOD = 100;

  /** A node is given up after about 5 s of silence and 10 s of a cluster that stays as it is. */
  private static final Duration FAIL_OVER = Duration.ofSeconds(120);

  @TempDir private Path folder;
  private Path file;
  private Path out;

  @BeforeEach
  void write() throws IOException {
    out = folder.resolve("sweep");
    file =
        Files.writeString(
            folder.resolve("small.conf"),
            """
            sweep.seeds = 3
            limber {
              device = cpu
              network.hidden-widths = [8]
              replay { capacity = 2000, min-size = 200 }
              learner.target-update-period = %d
              probe.schedule.plasticity = 0
              checkpoint.period = 1000
              run { updates = %d, report-period = %d, evaluation-steps = 64 }
              progress-interval = 100ms
            }
            """
                .formatted(TARGET_PERIOD, UPDATES, REPORT_PERIOD));
  }

  @Test
  void kill_ofTheWholeSweep_losesNoMoreThanACheckpointsPeriod() throws Exception {
    long reached;
    try (JavaProcess sweep = start("first", "sweep", "--parallel", "2")) {
      sweep.awaitLine(line -> line.matches("[0-9a-f]{12} running +[5-9],\\d{3}  .*"));
      sweep.kill();
      reached = furthest();
    }

    try (JavaProcess sweep = start("second", "sweep", "--parallel", "2", "--json")) {
      assertThat(sweep.awaitExit()).as(sweep.errors()).isZero();
      Config summary = TargetUpdateAudit.json(sweep.output().get(0));
      assertThat(summary.getInt("finished")).isEqualTo(3);
    }

    auditAll();
    long resumed = resumedAt();
    System.out.printf(
        "sweep killed at step %d: went on from step %d, %d updates lost%n",
        reached, resumed, reached - resumed);
    assertThat(reached - resumed).isBetween(0L, 2 * 1000L); // a period, and one being written
    assertNothingIsTrainedAgain();
  }

  @Test
  void kill_ofANode_letsOthersGoOnWithItsAgents() throws Exception {
    try (JavaProcess sweep =
        start("sweep", "sweep", "--cluster", "--bind", "127.0.0.1:0", "--parallel", "0")) {
      String line = sweep.awaitLine(text -> text.startsWith("nodes may join: "));
      String address = line.substring(line.lastIndexOf(' ') + 1);
      try (JavaProcess doomed = node("doomed", address)) {
        sweep.awaitLine(text -> text.matches("[0-9a-f]{12} running +[3-9],\\d{3}  .*"));
        try (JavaProcess other = node("other", address)) {
          other.awaitLine(text -> text.startsWith("node: trains agent "));
          long start = System.nanoTime();
          doomed.kill();
          sweep.awaitLine(text -> text.contains("its node was lost"), FAIL_OVER);
          System.out.printf(
              "node killed: noticed after %.1f s%n", (System.nanoTime() - start) / 1e9);
          assertThat(sweep.awaitExit(FAIL_OVER)).as(sweep.errors()).isZero();
          other.signal("TERM");
          assertThat(other.awaitExit()).isEqualTo(143);
        }
      }
    }
    auditAll();
    long resumed = resumedAt();
    System.out.printf("agent of the killed node went on from step %d%n", resumed);
    assertThat(resumed).isPositive();
  }

  private void auditAll() throws IOException {
    for (Path agent : agents()) {
      TargetUpdateAudit.requireExact(agent, UPDATES, REPORT_PERIOD, TARGET_PERIOD);
    }
    assertThat(agents()).hasSize(3);
  }

  private List<Path> agents() throws IOException {
    try (Stream<Path> agents = Files.list(out.resolve("agents"))) {
      return agents.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** The newest step that any agent's log has. */
  private long furthest() throws IOException {
    long step = 0;
    for (Path agent : agents()) {
      Path metrics = agent.resolve("metrics.jsonl");
      if (Files.exists(metrics)) {
        for (String line : Files.readAllLines(metrics)) {
          if (line.endsWith("}}") && line.contains("learner/target-updates")) {
            step = Math.max(step, TargetUpdateAudit.json(line).getLong("step"));
          }
        }
      }
    }
    return step;
  }

  /** From which step the agent that was furthest went on, by the log of the metrics cut off. */
  private long resumedAt() throws IOException {
    long step = 0;
    for (Path agent : agents()) {
      for (String line : Files.readAllLines(agent.resolve("run.log"))) {
        if (line.matches(".*goes on from step \\d+.*")) {
          step = Math.max(step, Long.parseLong(line.replaceAll(".*from step (\\d+).*", "$1")));
        }
      }
    }
    return step;
  }

  private void assertNothingIsTrainedAgain() throws Exception {
    List<FileTime> before = new ArrayList<>();
    for (Path agent : agents()) {
      before.add(Files.getLastModifiedTime(agent.resolve("metrics.jsonl")));
    }
    try (JavaProcess sweep = start("third", "sweep")) {
      assertThat(sweep.awaitExit()).as(sweep.errors()).isZero();
    }
    List<FileTime> after = new ArrayList<>();
    for (Path agent : agents()) {
      after.add(Files.getLastModifiedTime(agent.resolve("metrics.jsonl")));
    }
    assertThat(after).isEqualTo(before);
  }

  private JavaProcess start(String name, String command, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-Xmx512m", Main.class.getName(), command));
    arguments.addAll(List.of(file.toString(), "--out", out.toString()));
    arguments.addAll(List.of(more));
    return JavaProcess.start(folder.resolve(name + ".err"), arguments);
  }

  private JavaProcess node(String name, String address) throws IOException {
    List<String> arguments =
        List.of(
            "-Xmx512m",
            Main.class.getName(),
            "node",
            "--role",
            "agent",
            "--join",
            address,
            "--parallel",
            "1");
    return JavaProcess.start(folder.resolve(name + ".err"), arguments);
  }
}
