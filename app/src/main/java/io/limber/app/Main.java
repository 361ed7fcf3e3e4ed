package io.limber.app;

import io.limber.app.cli.Limber;

/** Starts the program; its exit codes are {@link io.limber.app.cli.ExitCode}. */
public final class Main {

  private Main() {}

  /**
   * @param arguments what the user typed after {@code limber}
   */
  public static void main(String[] arguments) {
    System.exit(Limber.commandLine().execute(arguments));
  }
}
