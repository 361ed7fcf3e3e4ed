package io.limber.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.console.ProgressView;
import io.limber.testkit.process.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole runs on what makes numbers degenerate: fault 13. Pass, for each: the run does what its
 * policy says, naming the reason; averages are finite; and all that others read of it, the
 * dashboard's pages and OpenMetrics while it runs and the files after it, is valid.
 */
class ExtremeInputsIT {

  private static final Duration LIMIT = Duration.ofSeconds(120);

  /** A sample of the text format of OpenMetrics 1.0, as Prometheus reads it. */
  private static final Pattern SAMPLE =
      Pattern.compile(
          "limber_[a-z0-9_]+(\\{source=\"[A-Za-z0-9._-]+\"})?"
              + " (-?[0-9]+(\\.[0-9]+)?(E-?[0-9]+)?|NaN|[+-]Inf)");

  private static final List<String> ALL_PROBES =
      List.of(
          "probe.schedule.plasticity=50",
          "probe.schedule.hessian=50",
          "probe.schedule.gradient-covariance=50",
          "probe.schedule.landscape=50",
          "probe.schedule.statistics=50");

  @TempDir static Path data;
  private static SmallRuns runs;

  @TempDir private Path folder;

  private final Shown view = new Shown();

  @BeforeAll
  static void writeDataSets() throws IOException {
    runs = new SmallRuns(data);
  }

  @Test
  void lossThatIsNan_stopsTheRunWithTheReasonAndLeavesValidFiles() throws Exception {
    TrainingSummary summary =
        runToItsEnd(List.of("optimizer.kind=sgd", "optimizer.learning-rate=1.0e30"));

    assertThat(summary.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(summary.failure().orElseThrow())
        .contains("at learner step", "limber.optimizer.learning-rate");
    requireFiniteAverages(summary);
  }

  @Test
  void targetsThatExplode_areReportedAsTheNumbersTheyAre() throws Exception {
    TrainingSummary summary =
        runToItsEnd(
            List.of(
                // each synchronisation feeds on the values of the one before
                "objective.discount=0.999999",
                "optimizer.kind=adam",
                "optimizer.learning-rate=300",
                "learner.target-update-period=2",
                "probe.schedule.plasticity=50",
                "probe.schedule.statistics=50"));

    assertThat(summary.outcome()).isIn(Outcome.COMPLETED, Outcome.FAILED); // by when it is infinite
    List<Double> losses = SmallRuns.values(summary, "learner/loss");
    assertThat(losses).isNotEmpty();
    assertThat(losses.get(losses.size() - 1)).isGreaterThan(1e5);
    requireFiniteAverages(summary);
  }

  @Test
  void rewardsThatAreAllEqual_trainAndAreMeasured() throws Exception {
    TrainingSummary summary =
        run(
            with(
                ALL_PROBES,
                // greedy from the first step on, it stays in the first state: never a reward
                "environment.kind=sparse-reward",
                "exploration.epsilon-start=0",
                "exploration.epsilon-end=0",
                "learner.target-update-period=50"));

    assertThat(summary.outcome()).isEqualTo(Outcome.TERMINATED);
    assertThat(SmallRuns.values(summary, "environment/mean-reward")).isNotEmpty().containsOnly(0.0);
    requireFiniteAverages(summary);
  }

  @Test
  void targetsWithoutVariance_trainAndAreMeasured() throws Exception {
    TrainingSummary summary =
        run(
            with(
                ALL_PROBES,
                // one image, so that all rows are the same but for the action
                "data.limit=1",
                "environment.kind=supervised",
                "objective.kind=regression"));

    assertThat(summary.outcome()).isEqualTo(Outcome.TERMINATED);
    requireFiniteAverages(summary);
  }

  @Test
  void batchesLargerThanTheTable_areDrawnWithReplacement() throws Exception {
    TrainingSummary summary =
        run(
            List.of(
                "probe.schedule.plasticity=0", // wants more than min-size
                "learner.batch-size=600",
                "replay.capacity=64",
                "replay.min-size=8",
                "replay.samples-per-insert=600"));

    assertThat(summary.outcome()).isEqualTo(Outcome.TERMINATED);
    assertThat(SmallRuns.values(summary, "replay/size")).isNotEmpty().allMatch(size -> size <= 64);
    requireFiniteAverages(summary);
  }

  private static List<String> with(List<String> some, String... more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return all;
  }

  private static EffectiveConfig config(List<String> assignments, String updates) {
    List<String> all = new ArrayList<>(SmallRuns.SMALL);
    all.add(runs.directory("mlp", "mnist"));
    all.add("run.updates=" + updates);
    all.add("run.system-report-interval=50ms");
    all.addAll(assignments);
    return SmallRuns.config(List.of(), all);
  }

  private TrainingSummary runToItsEnd(List<String> assignments) throws Exception {
    TrainingRun run =
        new TrainingRun(
            config(assignments, "400"), new TensorFlowAgents(), view, RunHost.alone(), true);
    TrainingSummary summary =
        run.run(Optional.of(folder.resolve("run")), new CompletableFuture<>());
    requireValidFiles();
    return summary;
  }

  /** Looks at the pages after some updates, then stops the run. */
  private TrainingSummary run(List<String> assignments) throws Exception {
    TrainingRun run =
        new TrainingRun(
            config(assignments, "100000000"), new TensorFlowAgents(), view, RunHost.alone(), true);
    CompletableFuture<Signals.Signal> stop = new CompletableFuture<>();
    CompletableFuture<TrainingSummary> end =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return run.run(Optional.of(folder.resolve("run")), stop);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    try {
      Await.until(
          "200 updates",
          LIMIT,
          () -> end.isDone() || metrics().contains("\"learner/updates\":200"));
      requireValidPages();
    } finally {
      stop.complete(Signals.Signal.TERM);
    }
    TrainingSummary summary = end.join();
    assertThat(summary.failure()).isEmpty();
    assertThat(summary.end().orElseThrow().probes().failed()).as(view.said.toString()).isZero();
    requireValidFiles();
    return summary;
  }

  private String metrics() throws IOException {
    Path file = folder.resolve("run/metrics.jsonl");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /** What a person and Prometheus see while it runs. */
  private void requireValidPages() throws Exception {
    String page = get("/metrics");
    assertThat(page).endsWith("# EOF\n").contains("limber_learner_updates_total");
    assertThat(page.lines().filter(line -> !line.startsWith("#")))
        .isNotEmpty()
        .allMatch(line -> SAMPLE.matcher(line).matches());
    for (String path : List.of("/api/runs", "/api/runs/run/history", "/api/runs/run/tables")) {
      requireJson(path, get(path));
    }
  }

  private String get(String path) throws Exception {
    URI link = URI.create(view.dashboard);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + link.getAuthority() + path))
            .header("Accept", "application/openmetrics-text, application/json")
            .build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  private void requireValidFiles() throws IOException {
    Path run = folder.resolve("run");
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      requireJson("a line of metrics.jsonl", line);
    }
    requireJson("summary.json", Files.readString(run.resolve("summary.json")));
    Path probes = run.resolve("probes");
    if (Files.exists(probes)) {
      try (Stream<Path> files = Files.list(probes)) {
        for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
          requireJson(file.toString(), Files.readString(file));
        }
      }
    }
  }

  /** Strictly: a reader that takes NaN for a number would not notice it. */
  private static void requireJson(String what, String text) {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      while (parser.nextToken() != null) {
        parser.getValueAsString();
      }
    } catch (IOException e) {
      throw new AssertionError(what + " is no JSON: " + e.getMessage() + "\n" + text, e);
    }
  }

  private static void requireFiniteAverages(TrainingSummary summary) throws IOException {
    for (String average :
        List.of("environment/mean-reward", "environment/epsilon", "replay/samples-per-insert")) {
      assertThat(SmallRuns.values(summary, average)).as(average).allMatch(Double::isFinite);
    }
  }

  /** Takes where the dashboard is. */
  private static final class Shown implements RunView {

    private final List<String> said = new ArrayList<>();
    private volatile String dashboard;

    @Override
    public void table(String title, Map<String, String> rows) {
      dashboard = rows.getOrDefault("dashboard", dashboard);
    }

    @Override
    public void say(String line) {
      said.add(line);
    }

    @Override
    public ProgressView progress(String task, long total, Duration interval) {
      return new ProgressView() {
        @Override
        public void update(long done, String details) {}

        @Override
        public void close() {}
      };
    }
  }
}
