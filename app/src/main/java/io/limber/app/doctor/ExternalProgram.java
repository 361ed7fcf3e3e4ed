package io.limber.app.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks another program a question that it answers on its first line. */
final class ExternalProgram {

  private static final int LIMIT_SECONDS = 20;

  /** Maven colours even its version where nobody sees it. */
  private static final String COLOURS = "\u001b\\[[0-9;]*m";

  private ExternalProgram() {}

  /**
   * First line of what {@code command} prints; empty if it is not there, fails, says nothing or
   * takes too long.
   */
  static Optional<String> firstLine(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      // Ends a program that hangs, so that the reading below ends as well.
      process
          .onExit()
          .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
          .whenComplete((ended, timeout) -> process.destroyForcibly());
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .replaceAll(COLOURS, "")
              .strip();
      return process.waitFor() == 0 ? output.lines().findFirst() : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // not on the PATH: the answer to the question, not a failure
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
