package io.limber.app.cli;

import io.limber.app.console.Terminal;
import io.limber.app.history.RunStatus.State;
import io.limber.app.run.RunFolder;
import io.limber.app.top.Top;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Watches a run from a terminal. */
@Command(
    name = "top",
    header = "Watch a run: curves, rates, queues, probes, alerts.",
    description = {
      "Reads the run's files, so any shell on its machine will do, and the run does not notice.",
      "On a terminal the view is drawn again every second, elsewhere it is a line every 5 seconds.",
      "It ends with the run; Ctrl-C ends it before, and not the run. The exit code is 1 if the run",
      "failed or was killed."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  limber top runs/NEW", "  limber top runs/NEW --once"})
final class TopCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "A run's folder.")
  private Path run;

  @Option(names = "--once", description = "Show the run as it is now, and end.")
  private boolean once;

  @Override
  public Integer call() throws IOException {
    boolean unicode =
        Charset.defaultCharset().name().toUpperCase(Locale.ROOT).startsWith("UTF")
            && System.getProperty("native.encoding", "UTF-8")
                .toUpperCase(Locale.ROOT)
                .startsWith("UTF");
    Top top =
        new Top(
            RunFolder.existing(run),
            spec.commandLine().getOut(),
            Terminal.detect(),
            unicode,
            InstantSource.system());
    State state = (once ? top.show() : top.follow()).state();
    boolean well = state != State.FAILED && state != State.GONE;
    return (well ? ExitCode.OK : ExitCode.FAILED).code();
  }
}
