package io.limber.app.cli;

import io.limber.app.export.Export;
import io.limber.app.export.MetricChoice;
import io.limber.app.run.RunFolder;
import io.limber.core.metrics.Metric;
import io.limber.protos.AtomicFile;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Hands a run's measurements to other programs. */
@Command(
    name = "export",
    header = "Write a run's measurements as a table: step, time, source, metric, value.",
    description = "The run may be going on; what is there by now is written.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  limber export runs/OLD > old.csv",
      "  limber export runs/OLD --metric plasticity,learner/loss --format json --output old.json"
    })
final class ExportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "A run's folder.")
  private Path run;

  @Option(names = "--format", paramLabel = "csv|json", description = "Default: csv.")
  private Export.Format format = Export.Format.CSV;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      split = ",",
      description = "Metrics or groups of docs/metrics.md, comma-separated; without it all.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Instead of standard output; there as a whole or not at all.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    Set<Metric> metrics = metrics();
    Path file = RunFolder.existing(run).metrics();
    PrintWriter out = spec.commandLine().getOut();
    if (output == null) {
      tell(new Export(format, metrics, out).run(file));
      out.flush();
    } else {
      AtomicFile.write(
          output,
          stream -> {
            Writer writer = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
            Export.Done done = new Export(format, metrics, writer).run(file);
            writer.flush();
            tell(done);
          });
    }
    return ExitCode.OK.code();
  }

  private Set<Metric> metrics() {
    try {
      return MetricChoice.of(names);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void tell(Export.Done done) {
    PrintWriter err = spec.commandLine().getErr();
    if (done.skippedLines() + done.unknownMetrics() > 0) {
      err.printf(
          "limber: left out %d damaged lines, and %d values of metrics that this version lacks%n",
          done.skippedLines(), done.unknownMetrics());
    }
    if (output != null) {
      err.printf("limber: %d rows in %s%n", done.rows(), output);
    }
    err.flush();
  }
}
