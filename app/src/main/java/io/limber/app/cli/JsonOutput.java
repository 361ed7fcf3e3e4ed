package io.limber.app.cli;

import io.limber.app.console.Terminal;
import io.limber.app.json.Json;
import io.limber.app.run.RunConsole;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a command writes that tells people how it gets on and scripts what came out. */
final class JsonOutput {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--json",
      description = "Print one JSON object on standard output, all else on standard error.")
  private boolean json;

  boolean isWanted() {
    return json;
  }

  /** What people read. */
  PrintWriter people() {
    return json ? spec.commandLine().getErr() : spec.commandLine().getOut();
  }

  /** Whether people read it on a terminal, which can be written over. */
  boolean isLive() {
    Terminal terminal = Terminal.detect();
    return json ? terminal.err() : terminal.out();
  }

  RunConsole console() {
    return new RunConsole(people(), isLive(), Terminal.detect().columns());
  }

  /** For scripts; nothing without {@code --json}. */
  void print(Map<String, ?> result) {
    if (json) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(Json.line(result));
      out.flush();
    }
  }
}
