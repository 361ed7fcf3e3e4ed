package io.limber.app.cli;

import io.limber.app.probe.OfflineProbe;
import io.limber.app.probe.ProbeSummary;
import io.limber.app.probe.SnapshotFile;
import io.limber.app.run.TensorFlowAgents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a saved snapshot. */
@Command(
    name = "probe",
    header = "Measure a saved snapshot as a run would have done.",
    description = {
      "The configuration is that of the snapshot's run, where config.conf still lies in its folder;"
          + " --config and --set win over it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  limber probe --snapshot runs/OLD                     its newest snapshot",
      "  limber probe --snapshot runs/OLD/snapshots/10000 --measure plasticity",
      "  limber probe --snapshot final.limber --set plasticity.steps=2000 --out results"
    })
final class ProbeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOutput output;
  @Mixin private ConfigOptions options;

  @Option(
      names = "--snapshot",
      paramLabel = "PATH",
      required = true,
      description = "A snapshot, the folder of a step, or a run folder: its newest snapshot.")
  private Path snapshot;

  @Option(
      names = "--measure",
      paramLabel = "NAME",
      split = ",",
      description = "What to measure, comma-separated; without it what limber.probe.schedule has.")
  private List<String> measurements = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the results; without it the one of the snapshot.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    SnapshotFile file = SnapshotFile.find(snapshot);
    OfflineProbe probe =
        new OfflineProbe(
            options.resolveOver(file.config()),
            new TensorFlowAgents(),
            output.console(),
            StopSignal.completing(spec.commandLine().getErr()));
    Path results = out == null ? file.folder() : out.toAbsolutePath().normalize();
    ProbeSummary summary = probe.run(file, measurements, results);
    output.print(summary.toMap());
    return StopSignal.exitCode(summary.outcome()).code();
  }
}
