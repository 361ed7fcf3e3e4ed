package io.limber.app.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.batch.BatchLines;
import io.limber.app.batch.CellState;
import io.limber.app.batch.CellStatus;
import io.limber.app.batch.TrainingCells;
import io.limber.app.config.ConfigSources;
import io.limber.app.run.TensorFlowAgents;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real studies: a tiny one always, all of them at quick scale with {@code mvn verify -Plong}. */
class StudyIT {

  @TempDir Path root;

  @Test
  void sharpness_inAFewUpdates_endsWithFiguresAndVerdicts() throws IOException {
    List<String> tiny =
        List.of(
            "run.updates=60",
            "run.report-period=20",
            "run.policy-period=20",
            "replay.min-size=256",
            "probe.schedule.hessian=30",
            "hessian.transitions=32",
            "hessian.eigenvalues.max-order=4");
    StudyReport report = run(new Sharpness(), new Asked(Optional.of(1), tiny));

    assertThat(report.figures()).hasSize(2);
    assertThat(report.verdicts()).extracting(Verdict::seeds).containsOnly(1);
    assertThat(report.folder().resolve("figures/sharpness.png")).isNotEmptyFile();
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("studies")
  void study_atQuickScale_measuresAllItsClaims(Study study) throws IOException {
    StudyReport report = run(study, new Asked(Optional.empty(), List.of()));

    assertThat(report.head().missing()).isEmpty();
    assertThat(report.figures()).isNotEmpty();
    assertThat(report.verdicts()).isNotEmpty().allMatch(verdict -> verdict.seeds() > 1);
  }

  static List<Study> studies() {
    return Studies.all();
  }

  private StudyReport run(Study study, Asked asked) throws IOException {
    StudyRun run =
        StudyRun.of(
            study,
            Scale.QUICK,
            asked,
            root,
            ConfigSources.defaults(),
            new TrainingCells(new TensorFlowAgents()));
    BatchLines quiet =
        new BatchLines(
            new PrintWriter(Writer.nullWriter()), Duration.ofMinutes(1), InstantSource.system());
    List<CellStatus> ends = run.run(1, quiet, new CompletableFuture<>());
    assertThat(ends).extracting(CellStatus::state).containsOnly(CellState.FINISHED);
    return run.report("test");
  }
}
