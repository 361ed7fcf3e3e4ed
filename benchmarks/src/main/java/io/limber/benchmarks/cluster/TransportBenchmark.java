package io.limber.benchmarks.cluster;

import io.limber.app.cluster.ClusterHost;
import io.limber.app.cluster.NodeRun;
import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.run.AgentSource;
import io.limber.app.run.RunConsole;
import io.limber.app.run.RunHost;
import io.limber.app.run.TemporaryFolder;
import io.limber.app.run.TensorFlowAgents;
import io.limber.app.run.TrainingRun;
import io.limber.benchmarks.JsonReport;
import io.limber.benchmarks.Rounds;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * How many transitions per second reach replay from environments in a second process, against the
 * same number in this one, all on the same cores? Asked of it: 85 %. And how many would, if
 * policies cost nothing: the ceiling of the transport, with what the environments themselves cost.
 *
 * <p>The shipped defaults; replay takes all that comes, and next to nothing is learned meanwhile.
 * {@code benchmarks/run transport [ROUNDS [KEY=VALUE...]]}, about eight minutes per round.
 */
public final class TransportBenchmark {

  /**
   * Two to three minutes: for the first of them compilers take up to a fifth of the cores, most of
   * it in the process that has the least to do.
   */
  private static final int UPDATES = 300;

  /** Transitions for each update: the learner waits for them, and is all but idle. */
  private static final int ACTING_INSERTS = 100_000;

  /** Without policies more come in the same time. */
  private static final int CEILING_INSERTS = 400_000;

  private final Map<String, Rounds> figures = new LinkedHashMap<>();
  private final List<String> changes;

  private TransportBenchmark(List<String> changes) {
    this.changes = changes;
  }

  /**
   * @param arguments rounds, 3 if absent, then settings to change as for {@code --set}
   */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    TransportBenchmark benchmark =
        new TransportBenchmark(
            List.of(arguments).subList(Math.min(1, arguments.length), arguments.length));
    for (int round = 1; round <= rounds; round++) {
      System.err.println("transport: round " + round + " of " + rounds);
      benchmark.compare("acting", false);
      benchmark.compare("ceiling", true);
    }
    Map<String, Object> results = new LinkedHashMap<>();
    benchmark.figures.forEach((name, figure) -> results.put(name, figure.toJson()));
    JsonReport.print("transport", results);
    System.exit(0);
  }

  private void compare(String name, boolean idle) throws IOException {
    double here = run(idle, config(idle, 0), false).stepsPerSecond();
    int port = NodeProcess.freePort();
    NodeProcess node = NodeProcess.start(NodeRun.ENVIRONMENT, "127.0.0.1:" + port, idle);
    Traffic there;
    try {
      there = run(idle, config(idle, port), true);
    } finally {
      node.close();
    }
    double bytes = there.stepsPerSecond() * there.bytesPerTransition();
    add(name + "/in-process-transitions-per-second", here);
    add(name + "/second-process-transitions-per-second", there.stepsPerSecond());
    add(name + "/second-process-bytes-per-transition", there.bytesPerTransition());
    add(name + "/second-process-megabytes-per-second", bytes / 1e6);
    add(name + "/ratio", there.stepsPerSecond() / here);
  }

  private EffectiveConfig config(boolean idle, int port) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "environments.actors=2",
                "replay.samples-per-insert=" + 32.0 / (idle ? CEILING_INSERTS : ACTING_INSERTS),
                "replay.tolerance=0",
                "exploration.epsilon-start=0",
                "exploration.epsilon-end=0",
                "probe.schedule.plasticity=0",
                "checkpoint.period=0",
                "run.evaluation-steps=0",
                "run.report-period=10",
                "run.policy-period=10",
                "run.updates=" + UPDATES,
                "run.system-report-interval=200ms",
                "cluster.bind=\"127.0.0.1:" + port + "\""));
    all.addAll(changes);
    return EffectiveConfig.resolve(
        new ConfigSources(
            Optional.empty(),
            List.of(),
            all.stream().map(a -> Assignment.parse("--set", a)).toList()));
  }

  private static Traffic run(boolean idle, EffectiveConfig config, boolean cluster)
      throws IOException {
    AgentSource agents = idle ? new IdleAgents() : new TensorFlowAgents();
    RunConsole silent = new RunConsole(new PrintWriter(Writer.nullWriter()), false, 80);
    RunHost host = cluster ? new ClusterHost(config, silent) : RunHost.alone();
    try (TemporaryFolder temporary = TemporaryFolder.create("transport")) {
      Path folder = temporary.path().resolve("run");
      new TrainingRun(config, agents, silent, host, false)
          .run(Optional.of(folder), new CompletableFuture<>());
      return Traffic.read(folder.resolve("metrics.jsonl"));
    }
  }

  private void add(String name, double value) {
    figures.computeIfAbsent(name, key -> new Rounds()).add(value);
  }
}
