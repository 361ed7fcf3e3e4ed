package io.limber.app.process;

import io.limber.app.cli.ExitCode;
import io.limber.app.run.Signals;
import java.util.concurrent.CountDownLatch;

/** Hears the first signal and goes on all the same, like a run that hangs in native code. */
public final class DeafProgram {

  private DeafProgram() {}

  public static void main(String[] arguments) throws InterruptedException {
    Signals.handle(
        signal -> {
          System.out.println("heard " + signal);
          System.out.flush();
        },
        ExitCode.HALTED.code());
    System.out.println("ready");
    System.out.flush();
    new CountDownLatch(1).await();
  }
}
