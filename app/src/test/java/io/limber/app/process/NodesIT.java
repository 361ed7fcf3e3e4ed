package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.limber.app.Main;
import io.limber.testkit.process.Await;
import io.limber.testkit.process.JavaProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose environments act in processes of their own, which are really killed. */
class NodesIT {

  /** The shipped {@code cluster.in-flight-chunks}. */
  private static final int WINDOW = 16;

  private static final int ENVIRONMENTS = 2;
  private static final int PER_ACTOR = 64;

  @TempDir private Path folder;

  @Test
  void node_killedAndStartedAgain_isBackInRotationAndNothingComesTwice() throws Exception {
    int port = freePort();
    Path run = folder.resolve("run");
    try (JavaProcess train = train(run, port)) {
      long restart;
      try (JavaProcess node = node("first", port, List.of())) {
        train.awaitLine(line -> line.matches("train +0% .*updates/s.*"));
        awaitMetric(run, "cluster/placed", placed -> placed == ENVIRONMENTS);

        node.kill();
        awaitMetric(run, "cluster/losses", losses -> losses == ENVIRONMENTS);
      }
      restart = System.nanoTime();
      int health = freePort();
      List<String> told = List.of("--health", "127.0.0.1:" + health);
      try (JavaProcess node = node("second", port, told)) {
        awaitMetric(run, "cluster/placed", placed -> placed == ENVIRONMENTS);
        Duration back = Duration.ofNanos(System.nanoTime() - restart);
        System.out.println("back in rotation after " + back.toMillis() + " ms");
        Await.until("/ready", JavaProcess.LIMIT, () -> HealthPage.status(health, "ready") == 200);
        assertThat(HealthPage.status(health, "alive")).isEqualTo(200);
        double before = new EventLog(run).total("cluster/transitions");
        awaitMetric(run, "cluster/transitions", stored -> stored > before);

        train.signal("INT");

        assertThat(train.awaitExit()).as(train.errors()).isEqualTo(130);
        // the starts of a JVM and of TensorFlow included
        assertThat(back).isLessThan(Duration.ofSeconds(30));
        node.signal("TERM");
        assertThat(node.awaitExit()).as(node.errors()).isEqualTo(143);
      }
    }
    assertNothingCameTwice(run);
  }

  /** Every transition in replay was counted by exactly one inlet, but for the last on their way. */
  private void assertNothingCameTwice(Path run) throws IOException {
    Config summary = json(Files.readString(run.resolve("summary.json")));
    long stored = summary.getLong("environment-steps");
    EventLog log = new EventLog(run);
    long counted = 0;
    for (int i = 0; i < ENVIRONMENTS; i++) {
      counted += (long) log.of("cluster/transitions", "inlet-of-environment-" + i);
    }
    // chunks on their way may have been stored after the inlet's last report: a window of each
    assertThat(stored).isBetween(counted, counted + (long) WINDOW * ENVIRONMENTS * PER_ACTOR);
    assertThat(counted).isPositive();
  }

  private static void awaitMetric(Path run, String metric, DoublePredicate wanted)
      throws Exception {
    EventLog log = new EventLog(run);
    Await.until(metric, JavaProcess.LIMIT, () -> wanted.test(log.total(metric)));
  }

  private JavaProcess train(Path run, int port) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-Xmx512m", Main.class.getName(), "train", "--cluster"));
    arguments.addAll(List.of("--bind", "127.0.0.1:" + port, "--run-dir", run.toString()));
    arguments.addAll(List.of("--updates", "100000000", "--device", "cpu"));
    for (String set :
        List.of(
            "network.hidden-widths=[8]",
            "replay.capacity=1000",
            "replay.min-size=100",
            "environments.actors=" + ENVIRONMENTS,
            "environments.per-actor=" + PER_ACTOR,
            "learner.target-update-period=100",
            "probe.schedule.plasticity=0",
            "run.report-period=100",
            "run.system-report-interval=100ms",
            "run.evaluation-steps=64",
            "progress-interval=100ms")) {
      arguments.addAll(List.of("--set", set));
    }
    return JavaProcess.start(folder.resolve("train"), arguments);
  }

  private JavaProcess node(String name, int port, List<String> more) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-Xmx512m", Main.class.getName(), "node", "--role", "environment"));
    arguments.addAll(List.of("--join", "127.0.0.1:" + port, "--device", "cpu"));
    arguments.addAll(more);
    return JavaProcess.start(folder.resolve(name), arguments);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Config json(String text) {
    return ConfigFactory.parseString(
        text, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
  }
}
