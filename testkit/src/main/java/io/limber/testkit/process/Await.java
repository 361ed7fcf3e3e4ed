package io.limber.testkit.process;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what no event announces: a file of another process, a count of another machine. */
public final class Await {

  private static final Duration PERIOD = Duration.ofMillis(10);

  private Await() {}

  /**
   * Looks until the condition holds.
   *
   * @param what is awaited, for the message
   * @throws AssertionError if it does not hold within {@code limit}
   * @throws Exception whatever the condition throws
   */
  public static void until(String what, Duration limit, Callable<Boolean> condition)
      throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new AssertionError("waited " + limit.toMillis() + " ms in vain: " + what);
      }
      LockSupport.parkNanos(PERIOD.toNanos());
    }
  }
}
