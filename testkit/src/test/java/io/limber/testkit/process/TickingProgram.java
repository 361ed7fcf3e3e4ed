package io.limber.testkit.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Writes a line now and then, until it is stopped or has written as many as it was told. */
public final class TickingProgram {

  private TickingProgram() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.err.println("a word on standard error");
    CountDownLatch never = new CountDownLatch(1);
    int lines = Integer.parseInt(arguments[0]);
    for (int i = 0; i < lines; i++) {
      System.out.println("tick " + i);
      never.await(5, TimeUnit.MILLISECONDS);
    }
  }
}
