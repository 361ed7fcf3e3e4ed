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
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose probes are computed by other processes, which are really killed. */
class ProbeNodesIT {

  private static final List<String> QUICK_PROBE = List.of("plasticity.steps=10");
  private static final String PLASTICITY = "plasticity/plasticity";

  @TempDir private Path folder;

  @Test
  void probe_onANode_givesTheNumbersOfALocalOneBitForBit() throws Exception {
    int port = freePort();
    int health = freePort();
    Path run = folder.resolve("run");
    EventLog log = new EventLog(run);
    List<String> sets = new ArrayList<>(QUICK_PROBE);
    sets.add("cluster.probes=remote");
    sets.add("run.updates=400");
    try (JavaProcess train = train(run, port, sets);
        JavaProcess node =
            node(
                "node",
                port,
                "environment",
                "--role",
                "probe",
                "--health",
                "127.0.0.1:" + health)) {
      Await.until("/ready", JavaProcess.LIMIT, () -> HealthPage.status(health, "ready") == 200);

      assertThat(train.awaitExit()).as(train.errors()).isZero();
      assertThat(node.errors()).doesNotContain("ERROR");
      node.signal("TERM");
      assertThat(node.awaitExit()).as(node.errors()).isEqualTo(143);
    }
    assertThat(log.total("cluster/probe-nodes")).isEqualTo(1);
    assertThat(log.total("probe/failed")).isZero();

    Config there = measured(run, 400);
    Config here = probeAgain(run);
    assertThat(here.getLong("step")).isEqualTo(400);
    assertThat(here.getString("transitions-origin")).isEqualTo("stored");
    assertThat(here.getConfig("values")).isEqualTo(there);
    List<String> tables;
    try (var files = Files.list(run.resolve("probes"))) {
      tables = files.map(file -> file.getFileName().toString()).toList();
    }
    assertThat(tables).anyMatch(name -> name.contains("400"));
  }

  @Test
  void probeNode_killedAtWork_isMadeUpForHereWhileTrainingGoesOn() throws Exception {
    int port = freePort();
    Path run = folder.resolve("run");
    EventLog log = new EventLog(run);
    // some seconds for one measurement, so that there is time to kill its node
    List<String> sets = List.of("plasticity.steps=3000", "run.updates=100000000");
    try (JavaProcess train = train(run, port, sets);
        JavaProcess actors = node("environments", port, "environment");
        JavaProcess probes = node("probes", port, "probe")) {
      awaitMetric(log, "cluster/probe-nodes", nodes -> nodes == 1);
      // 0 is the probe actor of the run itself
      Await.until(
          "the node measures", JavaProcess.LIMIT, () -> log.of("probe/progress", "probe-1") > 0);
      double updates = log.sum("learner/updates"); // 0 until they are reported

      probes.kill();

      awaitMetric(log, "probe/retried", retried -> retried >= 1);
      assertThat(log.total("learner/updates")).isGreaterThan(updates);
      double completed = log.sum("probe/completed");
      awaitMetric(log, "probe/completed", done -> done > completed);
      assertThat(log.total("probe/failed")).isZero();
      train.signal("INT");
      assertThat(train.awaitExit()).as(train.errors()).isEqualTo(130);
      actors.signal("TERM");
      assertThat(actors.awaitExit()).as(actors.errors()).isEqualTo(143);
    }
  }

  private Config probeAgain(Path run) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-Xmx512m", Main.class.getName(), "probe"));
    arguments.addAll(List.of("--snapshot", run.toString(), "--measure", "plasticity", "--json"));
    try (JavaProcess probe = JavaProcess.start(folder.resolve("probe-errors"), arguments)) {
      assertThat(probe.awaitExit()).as(probe.errors()).isZero();
      return json(probe.output().get(0)).getConfigList("measurements").get(0);
    }
  }

  private static Config measured(Path run, long step) throws IOException {
    try (var lines = Files.lines(run.resolve("metrics.jsonl"))) {
      return lines
          .map(ProbeNodesIT::json)
          .filter(line -> line.getString("source").equals("probe-plasticity"))
          .filter(line -> line.getLong("step") == step)
          .map(line -> line.getConfig("values"))
          .filter(values -> values.hasPath('"' + PLASTICITY + '"'))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void awaitMetric(EventLog log, String metric, DoublePredicate wanted)
      throws Exception {
    Await.until(metric, JavaProcess.LIMIT, () -> wanted.test(log.total(metric)));
  }

  private JavaProcess train(Path run, int port, List<String> sets) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-Xmx512m", Main.class.getName(), "train", "--cluster"));
    arguments.addAll(List.of("--bind", "127.0.0.1:" + port, "--run-dir", run.toString()));
    arguments.addAll(List.of("--device", "cpu"));
    List<String> all =
        new ArrayList<>(
            List.of(
                "network.hidden-widths=[8]",
                "replay.capacity=1000",
                "replay.min-size=100",
                "learner.target-update-period=100",
                "plasticity.transitions=64",
                "probe.schedule.plasticity=100",
                "run.report-period=100",
                "run.system-report-interval=100ms",
                "run.evaluation-steps=64",
                "progress-interval=100ms"));
    all.addAll(sets);
    all.forEach(set -> arguments.addAll(List.of("--set", set)));
    return JavaProcess.start(folder.resolve("train-errors"), arguments);
  }

  private JavaProcess node(String name, int port, String role, String... more) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-Xmx512m", Main.class.getName(), "node", "--role", role));
    arguments.addAll(List.of("--join", "127.0.0.1:" + port, "--device", "cpu"));
    arguments.addAll(List.of(more));
    return JavaProcess.start(folder.resolve(name + "-errors"), arguments);
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
