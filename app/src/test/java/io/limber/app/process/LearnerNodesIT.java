package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import io.limber.app.Main;
import io.limber.testkit.process.JavaProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents in another process, each on a device that it offers. */
class LearnerNodesIT {

  /** In the names of an actor system's threads. */
  private static final Pattern SYSTEM = Pattern.compile("\\[(limber-\\d+)-");

  private static final String SMALL =
      """
      limber {
        network.hidden-widths = [8]
        replay { capacity = 2000, min-size = 200 }
        learner.target-update-period = 100
        probe.schedule.plasticity = 0
        run { updates = 3000, report-period = 100, evaluation-steps = 64 }
        progress-interval = 100ms
      }
      """;

  @TempDir private Path folder;

  @Test
  void agents_onALearnerNode_areEachOnADeviceAndLogForThemselves() throws Exception {
    int port = freePort();
    Path file = Files.writeString(folder.resolve("small.conf"), "sweep.seeds = 2\n" + SMALL);
    Path out = folder.resolve("sweep");
    try (JavaProcess node = node(port)) {
      List<String> arguments = arguments("sweep", port);
      arguments.addAll(List.of(file.toString(), "--cluster", "--parallel", "0", "--json"));
      arguments.addAll(List.of("--out", out.toString()));
      try (JavaProcess sweep = JavaProcess.start(folder.resolve("sweep-errors"), arguments)) {
        assertThat(sweep.awaitExit()).as(sweep.errors()).isZero();
        Config summary = TargetUpdateAudit.json(sweep.output().get(0));
        assertThat(summary.getInt("finished")).isEqualTo(2);
        assertThat(summary.getConfigList("agents"))
            .extracting(agent -> agent.getString("device"))
            .containsOnly("cpu");
      }
      assertEachLogsForItself(out.resolve("agents"));
      trainOnNode(port);
      node.signal("TERM");
      assertThat(node.awaitExit()).as(node.errors()).isEqualTo(143);
      assertThat(node.output())
          .anyMatch(line -> line.matches(" *devices +cpu, cpu"))
          .anyMatch(line -> line.matches("node: trains agent [0-9a-f]{12} on cpu"));
    }
  }

  private static void assertEachLogsForItself(Path agents) throws IOException {
    List<Path> logs;
    try (Stream<Path> folders = Files.list(agents)) {
      logs = folders.map(agent -> agent.resolve("run.log")).toList();
    }
    assertThat(logs).hasSize(2);
    List<String> systems = new ArrayList<>();
    for (Path log : logs) {
      Set<String> writers =
          SYSTEM
              .matcher(Files.readString(log))
              .results()
              .map(found -> found.group(1))
              .collect(Collectors.toSet());
      assertThat(writers).as(log.toString()).hasSize(1);
      systems.addAll(writers);
    }
    assertThat(systems).doesNotHaveDuplicates();
  }

  /** The node joins again where the sweep was. */
  private void trainOnNode(int port) throws Exception {
    Path config = Files.writeString(folder.resolve("run.conf"), SMALL);
    Path run = folder.resolve("run");
    List<String> arguments = arguments("train", port);
    arguments.addAll(List.of("--on-node", "--config", config.toString(), "--json"));
    arguments.addAll(List.of("--run-dir", run.toString()));
    try (JavaProcess train = JavaProcess.start(folder.resolve("train-errors"), arguments)) {
      assertThat(train.awaitExit()).as(train.errors()).isZero();
      Config summary = TargetUpdateAudit.json(train.output().get(0));
      assertThat(summary.getString("state")).isEqualTo("finished");
      assertThat(summary.getLong("step")).isEqualTo(3000);
      assertThat(summary.getString("node")).startsWith("127.0.0.1:");
      assertThat(train.errors()).containsPattern("run +running +[1-9]"); // it was followed
    }
    assertThat(run.resolve("summary.json")).exists();
    assertThat(Files.readString(run.resolve("config.conf"))).contains("device=cpu");
  }

  private JavaProcess node(int port) throws IOException {
    List<String> arguments =
        List.of(
            "-Xmx512m",
            Main.class.getName(),
            "node",
            "--role",
            "learner",
            "--join",
            "127.0.0.1:" + port,
            "--set",
            "cluster.devices=[cpu, cpu]");
    return JavaProcess.start(folder.resolve("node-errors"), arguments);
  }

  private static List<String> arguments(String command, int port) {
    List<String> arguments = new ArrayList<>(List.of("-Xmx512m", Main.class.getName(), command));
    arguments.addAll(List.of("--bind", "127.0.0.1:" + port));
    return arguments;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
