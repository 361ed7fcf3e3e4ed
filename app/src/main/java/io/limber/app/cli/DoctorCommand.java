package io.limber.app.cli;

import io.limber.app.config.EffectiveConfig;
import io.limber.app.doctor.Doctor;
import io.limber.app.doctor.Finding;
import io.limber.app.json.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what is here and what is missing. */
@Command(
    name = "doctor",
    header = "Say what is here and what is missing for a run, and how to mend it.",
    description = "Looks at what a run with the same options would need.",
    footerHeading = "%nExamples:%n",
    footer = {"  limber doctor", "  limber doctor --set replay.capacity=1000000 --device gpu:0"})
final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Override
  public Integer call() {
    EffectiveConfig config = options.resolve();
    List<Finding> findings = new Doctor(config).examine();
    boolean ready = findings.stream().noneMatch(f -> f.status() == Finding.Status.MISSING);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          Json.line(
              Map.of("ready", ready, "findings", findings.stream().map(Finding::toMap).toList())));
    } else {
      findings.forEach(finding -> out.println(finding.text()));
      out.println(ready ? "Ready to train." : "Not ready: mend what is missing.");
    }
    out.flush();
    return (ready ? ExitCode.OK : ExitCode.LACKING).code();
  }
}
