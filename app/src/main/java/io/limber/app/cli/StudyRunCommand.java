package io.limber.app.cli;

import io.limber.app.batch.BatchLines;
import io.limber.app.batch.BatchTable;
import io.limber.app.batch.BatchView;
import io.limber.app.batch.CellState;
import io.limber.app.batch.CellStatus;
import io.limber.app.batch.Tally;
import io.limber.app.console.Durations;
import io.limber.app.console.Terminal;
import io.limber.app.run.Outcome;
import io.limber.app.run.ProgramVersion;
import io.limber.app.run.Signals;
import io.limber.app.study.Asked;
import io.limber.app.study.Estimate;
import io.limber.app.study.StudyReport;
import io.limber.app.study.StudyRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a study's cells and writes its report. */
@Command(
    name = "run",
    header = "Run what is not finished of a study, then write its report.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  limber study run width --dry-run",
      "  limber study run width --seeds 5 --parallel 2",
      "  limber study run width --set learner.batch-size=64",
      "",
      "The same command again goes on with what is not finished."
    })
final class StudyRunCommand implements Callable<Integer> {

  /** Between two lines on how far one cell is. */
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;
  @Mixin private JsonOutput output;
  @Mixin private StudyOptions options;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Runs of each configuration, with seeds 1 to N; without it the study's own.")
  private Integer seeds;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set one key in all cells; wins over the study.")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Cells at a time (default: 1; each already uses two cores or more).")
  private int parallel = 1;

  @Option(names = "--dry-run", description = "Say what would run and what it would take.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    requirePositive("--seeds", seeds == null ? 1 : seeds);
    requirePositive("--parallel", parallel);
    StudyRun run =
        StudyRun.of(
            options.study(),
            options.scale(),
            new Asked(Optional.ofNullable(seeds), sets),
            options.root(),
            options.home(),
            options.runner());
    return (dryRun ? tell(run) : run(run)).code();
  }

  private void requirePositive(String flag, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(), flag + " = " + value + " must be at least 1");
    }
  }

  private ExitCode tell(StudyRun run) throws IOException {
    Estimate estimate = run.estimate();
    if (output.isWanted()) {
      output.print(estimate.toMap());
    } else {
      PrintWriter out = output.people();
      estimate.print(out);
      run.plan().leftOut().forEach(part -> out.println("left out: " + part));
      out.flush();
    }
    return ExitCode.OK;
  }

  private ExitCode run(StudyRun run) throws IOException {
    PrintWriter shown = output.people();
    Estimate estimate = run.estimate();
    shown.printf(
        "%s, %s scale: %d cells, about %s left, in %s%n",
        options.study().name(),
        options.scale(),
        estimate.cells().size(),
        Durations.text(estimate.left()),
        run.folder().path());
    shown.flush();
    CompletableFuture<Signals.Signal> stop = StopSignal.completing(spec.commandLine().getErr());
    List<CellStatus> ends = run.run(parallel, view(shown), stop);
    StudyReport report = run.report(ProgramVersion.text());
    StudyCommand.print(report, shown);
    Map<String, Object> map = StudyCommand.map(report);
    map.put("cells", ends.stream().map(CellStatus::toMap).toList());
    output.print(map);
    if (stop.isDone()) {
      return StopSignal.exitCode(Outcome.of(stop.join()));
    }
    return Tally.of(ends).of(CellState.FAILED) == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private BatchView view(PrintWriter shown) {
    InstantSource clock = InstantSource.system();
    return output.isLive()
        ? new BatchTable(shown, Terminal.detect().columns(), clock)
        : new BatchLines(shown, INTERVAL, clock);
  }
}
