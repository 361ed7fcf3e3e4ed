package io.limber.app.cli;

import io.limber.app.run.Outcome;
import io.limber.app.run.Signals;
import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;

/** What Ctrl-C means to every command that takes long. */
final class StopSignal {

  private StopSignal() {}

  /** The first signal, once it arrives; the second one ends the process. */
  static CompletableFuture<Signals.Signal> completing(PrintWriter err) {
    CompletableFuture<Signals.Signal> stop = new CompletableFuture<>();
    Signals.handle(
        signal -> {
          err.println();
          err.println("limber: stopping; Ctrl-C once more ends at once");
          err.flush();
          stop.complete(signal);
        },
        ExitCode.HALTED.code());
    return stop;
  }

  static ExitCode exitCode(Outcome outcome) {
    return switch (outcome) {
      case COMPLETED -> ExitCode.OK;
      case INTERRUPTED -> ExitCode.INTERRUPTED;
      case TERMINATED -> ExitCode.TERMINATED;
      case FAILED -> ExitCode.FAILED;
    };
  }
}
