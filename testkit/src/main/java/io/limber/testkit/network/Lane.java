package io.limber.testkit.network;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One direction of a link, shared by all its connections: what is wrong with it, and how many bytes
 * have passed. A change wakes everybody who waits.
 */
final class Lane {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean blackhole;
  private long bytesPerSecond = Long.MAX_VALUE;
  private long delayNanos;
  private double lost;
  private long againNanos;
  private SplittableRandom random = new SplittableRandom(0);
  private long freeAt = System.nanoTime();
  private long bytes;

  void blackhole(boolean wanted) {
    change(() -> blackhole = wanted);
  }

  void throttle(long wanted) {
    change(
        () -> {
          bytesPerSecond = wanted;
          freeAt = System.nanoTime(); // what a slower link had still to do is forgotten
        });
  }

  void delay(long nanos) {
    change(() -> delayNanos = nanos);
  }

  void lose(double fraction, long nanos, long seed) {
    change(
        () -> {
          lost = fraction;
          againNanos = nanos;
          random = new SplittableRandom(seed);
        });
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until {@code count} bytes that arrived at a time may leave the link. */
  void pass(int count, long arrived) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      // sent again after a while, as TCP does; what came behind it waits for it
      long late = lost > 0 && random.nextDouble() < lost ? againNanos : 0;
      while (true) {
        long now = System.nanoTime();
        long wait = Math.max(arrived + delayNanos + late - now, freeAt - now);
        if (blackhole) {
          changed.await();
        } else if (wait > 0) {
          changed.await(wait, TimeUnit.NANOSECONDS);
        } else {
          freeAt = now + transmission(count);
          bytes += count;
          return;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private long transmission(int count) {
    return bytesPerSecond == Long.MAX_VALUE
        ? 0
        : TimeUnit.SECONDS.toNanos(1) * count / bytesPerSecond;
  }
}
