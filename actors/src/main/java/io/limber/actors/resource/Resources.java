package io.limber.actors.resource;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Opens the native things of one run and knows when all of them are closed again. Thread-safe: all
 * actors of a run share one.
 */
public final class Resources {

  /** Config path of the dispatcher for native and other slow calls. */
  public static final String NATIVE_DISPATCHER = "limber.native-dispatcher";

  private final Executor executor;
  private final Set<CompletableFuture<Void>> open = ConcurrentHashMap.newKeySet();

  /**
   * @param executor runs every job, opening and closing included, of what brings no other
   */
  public Resources(Executor executor) {
    this.executor = executor;
  }

  /** Resources whose jobs run on {@link #NATIVE_DISPATCHER}. */
  public static Resources of(ActorSystem<?> system) {
    return new Resources(
        system.dispatchers().lookup(DispatcherSelector.fromConfig(NATIVE_DISPATCHER)));
  }

  /**
   * Makes a thing on the executor.
   *
   * @param name for the log, for instance {@code policy of environment-0}
   */
  public <T extends AutoCloseable> Lease<T> open(String name, Supplier<T> make) {
    return open(name, executor, make);
  }

  /**
   * Makes a thing on another executor, which runs all its jobs: for what waits for a disk and would
   * take a thread from those who compute.
   *
   * @param name for the log
   */
  public <T extends AutoCloseable> Lease<T> open(String name, Executor executor, Supplier<T> make) {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    open.add(closed);
    closed.thenRun(() -> open.remove(closed));
    return new Lease<>(name, CompletableFuture.supplyAsync(make, executor), executor, closed);
  }

  /** Things that are not closed yet. */
  public int count() {
    return open.size();
  }

  /** Completes when everything opened so far is closed. */
  public CompletionStage<Void> released() {
    return CompletableFuture.allOf(open.toArray(CompletableFuture[]::new));
  }
}
