package io.limber.actors.resource;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One actor's hold on a native thing: lends it to one job at a time and closes it exactly once,
 * never under a running job. Methods are called by the owning actor only; jobs run elsewhere.
 */
public final class Lease<T extends AutoCloseable> {

  private static final Logger log = LoggerFactory.getLogger(Lease.class);

  private final String name;
  private final CompletableFuture<T> opened;
  private final Executor executor;
  private final CompletableFuture<Void> closed;
  private CompletableFuture<?> last;
  private boolean released;

  Lease(
      String name, CompletableFuture<T> opened, Executor executor, CompletableFuture<Void> closed) {
    this.name = name;
    this.opened = opened;
    this.executor = executor;
    this.closed = closed;
    last = opened;
  }

  /**
   * Runs a job on the thing, once it is open.
   *
   * @throws IllegalStateException if another job still runs, or after {@link #release}
   */
  public <R> CompletionStage<R> use(Function<? super T, R> job) {
    if (released || (last != opened && !last.isDone())) {
      throw new IllegalStateException(name + (released ? " is released" : " is busy"));
    }
    CompletableFuture<R> result = opened.thenApplyAsync(job, executor);
    last = result;
    return result;
  }

  /** Closes the thing as soon as no job runs; idempotent, does not wait. */
  public void release() {
    if (!released) {
      released = true;
      last.handle((result, failure) -> null).thenRunAsync(this::close, executor);
    }
  }

  private void close() {
    try {
      if (!opened.isCompletedExceptionally()) {
        opened.join().close(); // does not wait: every job comes after the opening
      }
    } catch (Exception e) {
      log.warn("{} could not be closed: what it holds is lost until the process ends", name, e);
    } finally {
      closed.complete(null);
    }
  }

  /** The failure itself, without the wrapper that futures put around it. */
  public static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
