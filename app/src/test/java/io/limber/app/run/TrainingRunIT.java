package io.limber.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs with real data, actors and numerics, small enough for a few seconds each. */
class TrainingRunIT {

  private static final List<String> SMALL =
      List.of(
          "device=cpu",
          "network.hidden-widths=[64]",
          "replay.capacity=5000",
          "replay.min-size=512",
          "learner.target-update-period=100",
          "plasticity.steps=20",
          "plasticity.transitions=64",
          "probe.schedule.plasticity=200",
          "run.updates=600",
          "run.report-period=100",
          "run.evaluation-steps=640",
          "run.system-report-interval=200ms");

  @TempDir Path folder;

  @Test
  void lockstep_sameSeedTwice_writesTheSameMetricsByteForByte() throws IOException {
    List<String> first = reproducible(run("first", "run.mode=lockstep"));
    List<String> second = reproducible(run("second", "run.mode=lockstep"));
    List<String> otherSeed = reproducible(run("third", "run.mode=lockstep", "seed=2"));

    assertThat(first).isEqualTo(second).isNotEqualTo(otherSeed);
    assertThat(first)
        .anyMatch(line -> line.contains("learner/loss"))
        .anyMatch(line -> line.contains("environment/mean-reward"))
        .anyMatch(line -> line.contains("plasticity/plasticity"))
        .anyMatch(line -> line.contains("evaluation/mean-reward"));
    assertThat(Files.readAllBytes(folder.resolve("first/snapshots/final.limber")))
        .isEqualTo(Files.readAllBytes(folder.resolve("second/snapshots/final.limber")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "environment.kind=random-label",
        "environment.kind=sparse-reward",
        "objective.kind=double-dqn",
        "network.kind=cnn",
        "optimizer.kind=rmsprop"
      })
  void run_otherTasksAndAgents_reachTheirEnd(String setting) throws IOException {
    TrainingSummary summary = run("run", setting, "network.cnn.filters=[4, 4]", "run.updates=200");

    assertThat(summary.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(summary.end().orElseThrow().updates()).isEqualTo(200);
    assertThat(summary.end().orElseThrow().targetUpdates()).isEqualTo(2);
    assertThat(summary.end().orElseThrow().probes().failed()).isZero();
  }

  @Test
  void run_trueLabel_learns() throws IOException {
    TrainingSummary summary = run("run", "run.updates=3000", "learner.target-update-period=500");

    // ten classes: chance is 0.1; this small network is right about 6 times in 10 by then
    assertThat(summary.end().orElseThrow().evaluationReward().orElseThrow()).isGreaterThan(0.3);
  }

  /** Ten classes: chance is 0.1. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "objective.output=categorical",
        "objective.output=categorical objective.categorical.projection=hl-gauss",
        "objective.output=categorical objective.categorical.projection=c51 objective.kind=double-dqn",
        "environment.kind=supervised objective.kind=classification optimizer.kind=adamw",
        "environment.kind=supervised objective.kind=regression optimizer.weight-decay=1.0e-5"
      })
  void run_eachObjective_learns(String settings) throws IOException {
    // of returns up to 10, which is where the support of categorical outputs ends
    List<String> all = new ArrayList<>(List.of(settings.split(" ")));
    all.addAll(
        List.of("objective.discount=0.9", "run.updates=3000", "learner.target-update-period=500"));
    TrainingSummary summary = run("run", all.toArray(String[]::new));

    assertThat(summary.end().orElseThrow().evaluationReward().orElseThrow()).isGreaterThan(0.3);
    assertThat(summary.end().orElseThrow().probes().failed()).isZero();
  }

  @Test
  void run_randomLabelsOfFewImages_areMemorised() throws IOException {
    TrainingSummary summary =
        run(
            "run",
            "environment.kind=supervised",
            "environment.supervised.labels=random",
            "data.limit=50",
            "objective.kind=classification",
            "optimizer.schedule.kind=cosine",
            "optimizer.schedule.decay-steps=3000",
            "run.updates=3000");

    // nothing but memory tells these labels
    assertThat(summary.end().orElseThrow().evaluationReward().orElseThrow()).isGreaterThan(0.9);
  }

  @Test
  void run_relabelledImages_areForgottenAtTheBoundaryAndLearnedAgain() throws IOException {
    TrainingSummary summary =
        run(
            "run",
            "run.mode=lockstep",
            "environment.kind=supervised",
            "environment.supervised.labels=random",
            // an update per environment step, so 1,200 updates with 8 environments
            "environment.supervised.relabel-every-steps=150",
            "environment.supervised.accuracy-images=4096",
            "environments.per-actor=8",
            "exploration.epsilon-start=0",
            "exploration.epsilon-end=0",
            "data.limit=20",
            "objective.kind=classification",
            "replay.capacity=256",
            "replay.min-size=64",
            "probe.schedule.plasticity=0",
            "run.policy-period=50",
            "run.updates=2400");

    for (String measured : List.of("environment/mean-reward", "environment/accuracy")) {
      List<Double> accuracy = SmallRuns.values(summary, measured);
      int boundary = accuracy.size() / 2;
      assertThat(accuracy).as(measured).hasSize(24);
      assertThat(accuracy.get(boundary - 2)).as(measured).isGreaterThan(0.8);
      // ten labels: what was learned is right one time in ten
      assertThat(accuracy.subList(boundary - 1, boundary + 3)).anyMatch(share -> share < 0.4);
      assertThat(accuracy.get(accuracy.size() - 2)).as(measured).isGreaterThan(0.8);
    }
  }

  @Test
  void run_explodingLoss_failsAndNamesTheSetting() throws IOException {
    TrainingSummary summary = run("run", "optimizer.kind=sgd", "optimizer.learning-rate=1.0e30");

    assertThat(summary.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(summary.failure().orElseThrow())
        .contains("at learner step")
        .contains("limber.optimizer.learning-rate");
  }

  private TrainingSummary run(String name, String... more) throws IOException {
    List<String> texts = new ArrayList<>(SMALL);
    texts.addAll(List.of(more));
    List<Assignment> assignments = texts.stream().map(t -> Assignment.parse("--set", t)).toList();
    EffectiveConfig config =
        EffectiveConfig.resolve(new ConfigSources(Optional.empty(), List.of(), assignments));
    RunConsole silent = new RunConsole(new PrintWriter(Writer.nullWriter()), false, 80);
    return new TrainingRun(config, new TensorFlowAgents(), silent)
        .run(Optional.of(folder.resolve(name)), new CompletableFuture<>());
  }

  /** The lines of metrics.jsonl without those of the wall clock, and without their time. */
  private List<String> reproducible(TrainingSummary summary) throws IOException {
    assertThat(summary.outcome()).isEqualTo(Outcome.COMPLETED);
    return Files.readAllLines(summary.folder().path().resolve("metrics.jsonl")).stream()
        .filter(line -> !line.contains("\"wall\":true"))
        .map(line -> line.replaceFirst("\"time\":\"[^\"]*\",", ""))
        .toList();
  }
}
