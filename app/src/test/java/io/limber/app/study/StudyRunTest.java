package io.limber.app.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.batch.BatchView;
import io.limber.app.batch.Cell;
import io.limber.app.batch.CellEnd;
import io.limber.app.batch.CellRunner;
import io.limber.app.batch.CellState;
import io.limber.app.batch.CellStatus;
import io.limber.app.config.ConfigSources;
import io.limber.app.console.ProgressView;
import io.limber.app.run.Signals;
import io.limber.app.study.Verdict.Ruling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyRunTest {

  @TempDir Path root;

  private final Runner runner = new Runner();

  @Test
  void run_twice_runsEveryCellOnce() throws IOException {
    run(asked());
    run(asked());

    assertThat(runner.ran).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void run_withMoreSeeds_runsTheNewOnesOnly() throws IOException {
    run(asked());
    runner.ran.clear();
    run(new Asked(Optional.of(3), List.of()));

    assertThat(runner.ran).containsExactly("optimizer=adam seed=3", "optimizer=sgd seed=3");
  }

  @Test
  void run_withAnotherSetting_hasCellsOfItsOwn() throws IOException {
    run(asked());
    runner.ran.clear();
    run(new Asked(Optional.empty(), List.of("learner.batch-size=64")));

    assertThat(runner.ran).hasSize(4);
  }

  @Test
  void run_thatIsStopped_goesOnWithTheRest() throws IOException {
    CompletableFuture<Signals.Signal> stop = new CompletableFuture<>();
    runner.stopAfter = 1;
    study(asked()).run(1, view(), stop(stop));
    assertThat(runner.ran).hasSize(1);

    runner.stopAfter = Integer.MAX_VALUE;
    run(asked());

    assertThat(runner.ran).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void report_ofAPartialStudy_saysWhatIsMissing() throws IOException {
    runner.broken = "optimizer=sgd seed=2";
    List<CellStatus> ends = run(asked());
    assertThat(ends).extracting(CellStatus::state).contains(CellState.FAILED);

    StudyReport report = study(asked()).report("1.2");

    assertThat(report.head().completeness()).isEqualTo("3 of 4 cells are finished; 1 are missing");
    assertThat(report.verdicts()).singleElement().extracting(Verdict::seeds).isEqualTo(1);
    assertThat(report.folder().resolve("index.html"))
        .content()
        .contains("1 are missing", "<li>optimizer=sgd seed=2</li>", "Fakes &amp; figures", "1.2");
  }

  @Test
  void report_ofNothing_hasNoFiguresAndNoVerdict() throws IOException {
    StudyReport report = study(asked()).report("1.2");

    assertThat(report.figures()).isEmpty();
    assertThat(report.verdicts()).extracting(Verdict::ruling).containsOnly(Ruling.NOT_MEASURED);
  }

  @Test
  void page_needsNeitherNetworkNorScript() throws IOException {
    run(asked());
    StudyReport report = study(asked()).report("1.2");

    assertThat(report.folder().resolve("index.html"))
        .content()
        .contains("<svg")
        .doesNotContain("<script", "<link", "src=\"http", "@import", "onload=");
  }

  @Test
  void redraw_fromCsvAlone_givesTheSameBytes() throws IOException {
    run(asked());
    StudyReport report = study(asked()).report("1.2");
    List<Path> files =
        List.of(
            report.folder().resolve("figures/values.svg"),
            report.folder().resolve("figures/moving.svg"),
            report.folder().resolve("index.html"));
    List<String> before = contents(files);
    for (Path file : files) {
      Files.delete(file);
    }

    StudyReport.redraw(new FakeStudy(), report.head(), report.folder());

    assertThat(contents(files)).isEqualTo(before);
  }

  @Test
  void again_isAboutWhatWasAskedLast() throws IOException {
    run(new Asked(Optional.of(1), List.of("learner.batch-size=64")));

    StudyRun again =
        StudyRun.again(new FakeStudy(), Scale.QUICK, root, ConfigSources.defaults(), runner);

    assertThat(again.report("1").head().completeness()).isEqualTo("all 2 cells are finished");
  }

  private static List<String> contents(List<Path> files) throws IOException {
    List<String> contents = new ArrayList<>();
    for (Path file : files) {
      contents.add(Files.readString(file));
    }
    return contents;
  }

  private static Asked asked() {
    return new Asked(Optional.empty(), List.of());
  }

  private StudyRun study(Asked asked) {
    return StudyRun.of(new FakeStudy(), Scale.QUICK, asked, root, ConfigSources.defaults(), runner);
  }

  private List<CellStatus> run(Asked asked) throws IOException {
    return study(asked).run(1, view(), new CompletableFuture<>());
  }

  private CompletableFuture<Signals.Signal> stop(CompletableFuture<Signals.Signal> stop) {
    runner.stop = stop;
    return stop;
  }

  private static BatchView view() {
    return new BatchView() {
      @Override
      public void show(CellStatus changed, List<CellStatus> all) {}

      @Override
      public void close() {}
    };
  }

  /** Leaves a value in each cell's folder. */
  private static final class Runner implements CellRunner {

    private final List<String> ran = new ArrayList<>();
    private String broken = "";
    private int stopAfter = Integer.MAX_VALUE;
    private CompletableFuture<Signals.Signal> stop;

    @Override
    public Optional<CellEnd> finished(Cell cell, Path folder) {
      return Files.exists(folder.resolve("value"))
          ? Optional.of(new CellEnd(CellState.FINISHED, 100, ""))
          : Optional.empty();
    }

    @Override
    public CellEnd run(
        Cell cell, Path folder, ProgressView progress, CompletableFuture<Signals.Signal> signalled)
        throws IOException {
      if (cell.label().equals(broken)) {
        return new CellEnd(CellState.FAILED, 0, "no luck");
      }
      ran.add(cell.label());
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("value"), cell.label().contains("adam") ? "2.5" : "1.5");
      if (ran.size() >= stopAfter) {
        stop.complete(Signals.Signal.INT);
      }
      return new CellEnd(CellState.FINISHED, 100, "");
    }
  }
}
