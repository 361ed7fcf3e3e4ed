package io.limber.benchmarks.cluster;

import io.limber.app.cluster.ClusterHost;
import io.limber.app.cluster.NodeRun;
import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.run.RunConsole;
import io.limber.app.run.TensorFlowAgents;
import io.limber.app.run.TrainingRun;
import io.limber.benchmarks.JsonReport;
import io.limber.benchmarks.Rounds;
import io.limber.core.metrics.Metric;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many updates per second a learner makes with its replay in another process, against the same
 * run with replay in its own? The environments are in one more process both times, all on the same
 * cores. With batches drawn ahead and, for the round trip's own cost, with none.
 *
 * <p>The shipped defaults, but that replay fills quickly. {@code benchmarks/run remote-replay
 * [ROUNDS [KEY=VALUE...]]}, about a minute per round.
 */
public final class RemoteReplayBenchmark {

  private static final Pattern RATE =
      Pattern.compile(
          "\"source\":\"learner-0\".*\""
              + Metric.LEARNER_UPDATES_PER_SECOND.id()
              + "\":([0-9.E]+)");
  private static final Pattern BATCH_BYTES =
      Pattern.compile("\"" + Metric.CLUSTER_BATCH_BYTES.id() + "\":([0-9.E]+)");
  private static final int UPDATES = 5000;

  private final Map<String, Rounds> figures = new LinkedHashMap<>();
  private final List<String> changes;

  private RemoteReplayBenchmark(List<String> changes) {
    this.changes = changes;
  }

  /**
   * @param arguments rounds, 3 if absent, then settings to change as for {@code --set}
   */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    RemoteReplayBenchmark benchmark =
        new RemoteReplayBenchmark(
            List.of(arguments).subList(Math.min(1, arguments.length), arguments.length));
    for (int round = 1; round <= rounds; round++) {
      System.err.println("remote-replay: round " + round + " of " + rounds);
      benchmark.compare();
    }
    Map<String, Object> results = new LinkedHashMap<>();
    benchmark.figures.forEach((name, figure) -> results.put(name, figure.toJson()));
    JsonReport.print("remote-replay", results);
    System.exit(0);
  }

  private void compare() throws IOException {
    double here = rate(run("cluster.replay=local"));
    Path remote = run("cluster.replay=remote");
    double there = rate(remote);
    add("in-process-updates-per-second", here);
    add("second-process-updates-per-second", there);
    add("ratio", there / here);
    add("second-process-megabytes-per-second", last(BATCH_BYTES, remote) / UPDATES * there / 1e6);
    Path waiting =
        run("cluster.replay=remote", "cluster.batches-ahead=0", "learner.prefetch-batches=0");
    add("none-ahead-ratio", rate(waiting) / here);
  }

  /** Returns the reports of a run with these settings. */
  private Path run(String... settings) throws IOException {
    int port = NodeProcess.freePort();
    String member = "127.0.0.1:" + port;
    EffectiveConfig config = config(port, settings);
    RunConsole silent = new RunConsole(new PrintWriter(Writer.nullWriter()), false, 80);
    Path folder = Files.createTempDirectory("limber-remote-replay").resolve("run");
    NodeProcess environments = NodeProcess.start(NodeRun.ENVIRONMENT, member, false);
    NodeProcess replay = NodeProcess.start(NodeRun.REPLAY, member, false);
    try {
      new TrainingRun(
              config, new TensorFlowAgents(), silent, new ClusterHost(config, silent), false)
          .run(Optional.of(folder), new CompletableFuture<>());
    } finally {
      replay.close();
      environments.close();
    }
    return folder.resolve("metrics.jsonl");
  }

  private EffectiveConfig config(int port, String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "replay.min-size=2000",
                "probe.schedule.plasticity=0",
                "checkpoint.period=0",
                "run.evaluation-steps=0",
                "run.updates=" + UPDATES,
                "run.system-report-interval=200ms",
                "cluster.bind=\"127.0.0.1:" + port + "\""));
    all.addAll(List.of(settings));
    all.addAll(changes);
    return EffectiveConfig.resolve(
        new ConfigSources(
            Optional.empty(),
            List.of(),
            all.stream().map(a -> Assignment.parse("--set", a)).toList()));
  }

  /** Mean of the reported rates, the first and last quarter left out. */
  private static double rate(Path metrics) throws IOException {
    List<Double> rates = all(RATE, metrics).stream().filter(rate -> rate > 0).toList();
    return rates.subList(rates.size() / 4, rates.size() - rates.size() / 4).stream()
        .mapToDouble(rate -> rate)
        .average()
        .orElseThrow();
  }

  private static double last(Pattern pattern, Path metrics) throws IOException {
    List<Double> values = all(pattern, metrics);
    return values.get(values.size() - 1);
  }

  private static List<Double> all(Pattern pattern, Path metrics) throws IOException {
    List<Double> values = new ArrayList<>();
    for (String line : Files.readAllLines(metrics)) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        values.add(Double.parseDouble(matcher.group(1)));
      }
    }
    return values;
  }

  private void add(String name, double value) {
    figures.computeIfAbsent(name, key -> new Rounds()).add(value);
  }
}
