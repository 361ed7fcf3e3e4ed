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

  private static final int ENVIRONMENTS = 2;
  private static final int PER_ACTOR = 64;

  @TempDir private Path folder;

  @Test
  void node_killedAndStartedAgain_isBackInRotationAndNothingComesTwice() throws Exception {
    int port = freePort();
    Path run = folder.resolve("run");
    try (JavaProcess train = train(run, port, "100000000")) {
      long restart;
      try (JavaProcess node = node("first", port)) {
        train.awaitLine(line -> line.matches("train +0% .*updates/s.*"));
        awaitMetric(run, "cluster/placed", placed -> placed == ENVIRONMENTS);

        node.kill();
        awaitMetric(run, "cluster/losses", losses -> losses == ENVIRONMENTS);
      }
      restart = System.nanoTime();
      try (JavaProcess node = node("second", port)) {
        awaitMetric(run, "cluster/placed", placed -> placed == ENVIRONMENTS);
        Duration back = Duration.ofNanos(System.nanoTime() - restart);
        System.out.println("back in rotation after " + back.toMillis() + " ms");
        double before = last(run, "cluster/transitions");
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
    long counted = 0;
    for (int i = 0; i < ENVIRONMENTS; i++) {
      counted += (long) last(run, "cluster/transitions", "inlet-of-environment-" + i);
    }
    // two chunks of each environment may have been stored after the inlet's last report
    assertThat(stored).isBetween(counted, counted + 2L * ENVIRONMENTS * PER_ACTOR);
    assertThat(counted).isPositive();
  }

  private static void awaitMetric(Path run, String metric, DoublePredicate wanted)
      throws Exception {
    Await.until(metric, JavaProcess.LIMIT, () -> wanted.test(last(run, metric)));
  }

  private static double last(Path run, String metric) throws IOException {
    return last(run, metric, "");
  }

  private static double last(Path run, String metric, String source) throws IOException {
    Path file = run.resolve("metrics.jsonl");
    if (!Files.exists(file)) {
      return Double.NaN;
    }
    double last = Double.NaN;
    for (String line : Files.readString(file).split("\n")) {
      if (line.contains('"' + metric + '"') && line.contains(source) && line.endsWith("}")) {
        last = json(line).getConfig("values").getDouble('"' + metric + '"');
      }
    }
    return last;
  }

  private JavaProcess train(Path run, int port, String updates, String... more) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-Xmx512m", Main.class.getName(), "train", "--cluster"));
    arguments.addAll(List.of("--bind", "127.0.0.1:" + port, "--run-dir", run.toString()));
    arguments.addAll(List.of("--updates", updates, "--device", "cpu"));
    for (String set :
        List.of(
            "network.hidden-widths=[8]",
            "replay.capacity=1000",
            "replay.min-size=100",
            "environments.actors=" + ENVIRONMENTS,
            "environments.per-actor=" + PER_ACTOR,
            "probe.schedule.plasticity=0",
            "run.report-period=100",
            "run.system-report-interval=100ms",
            "run.evaluation-steps=64",
            "progress-interval=100ms")) {
      arguments.addAll(List.of("--set", set));
    }
    arguments.addAll(List.of(more));
    return JavaProcess.start(folder.resolve("train"), arguments);
  }

  private JavaProcess node(String name, int port) throws IOException {
    return JavaProcess.start(
        folder.resolve(name),
        List.of(
            "-Xmx512m",
            Main.class.getName(),
            "node",
            "--role",
            "environment",
            "--join",
            "127.0.0.1:" + port,
            "--device",
            "cpu"));
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
