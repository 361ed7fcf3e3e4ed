package io.limber.numerics.linop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * The calling thread and a few helpers that share the chunks of long vectors. Which thread takes
 * which chunk is left to chance; results are kept per chunk and added in the chunks' order. One
 * owner thread; close it to end the helpers.
 */
public final class Workers implements AutoCloseable {

  private final int threads;
  private final ExecutorService helpers;

  private Workers(int threads) {
    this.threads = threads;
    this.helpers = threads == 1 ? null : Executors.newFixedThreadPool(threads - 1, Workers::helper);
  }

  /**
   * Starts no thread until the first long vector.
   *
   * @param threads that compute, the caller's included; 1 keeps all work in the caller's thread
   * @throws IllegalArgumentException if {@code threads < 1}
   */
  public static Workers of(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads " + threads + " must be at least 1");
    }
    return new Workers(threads);
  }

  private static Thread helper(Runnable work) {
    var thread = new Thread(work, "linop-worker");
    thread.setDaemon(true);
    return thread;
  }

  /** Runs {@code body} once for each number below {@code tasks}; returns when all are done. */
  void forEach(int tasks, IntConsumer body) {
    var next = new AtomicInteger();
    Runnable loop =
        () -> {
          for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
            body.accept(task);
          }
        };
    List<Future<?>> others = new ArrayList<>();
    for (int i = 1; i < Math.min(threads, tasks); i++) {
      others.add(helpers.submit(loop));
    }
    loop.run();
    others.forEach(Workers::await);
  }

  private static void await(Future<?> work) {
    try {
      work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sharing vector work", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("vector work failed: " + e.getCause(), e.getCause());
    }
  }

  @Override
  public void close() {
    if (helpers != null) {
      helpers.shutdownNow();
    }
  }
}
