package io.limber.app.run;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The threads of one run among those of its process: the run's own, those of its actor system,
 * which are named after it, and those that any of them starts. Opened and closed by the run's own
 * thread, asked by any.
 */
final class RunThreads implements AutoCloseable {

  /** Actor systems of the runs of this process. */
  private static final Set<String> SYSTEMS = ConcurrentHashMap.newKeySet();

  /** Inherited by threads that start later, such as one that sends alerts. */
  private static final InheritableThreadLocal<String> OWN = new InheritableThreadLocal<>();

  /** Java's pool for everybody: which run happened to start its threads says nothing. */
  private static final String SHARED = "ForkJoinPool.commonPool-";

  private final String system;

  private RunThreads(String system) {
    this.system = system;
  }

  /**
   * The calling thread is this run's until {@link #close}.
   *
   * @param system name of its actor system; no other run of this process has the same
   */
  static RunThreads enter(String system) {
    SYSTEMS.add(system);
    OWN.set(system);
    return new RunThreads(system);
  }

  /** Whether the calling thread is one of them, or of no run at all. */
  boolean mayBeCurrent() {
    return current().map(system::equals).orElse(true);
  }

  /** A pool's thread goes by its name: some thread of another run may have started it. */
  private static Optional<String> current() {
    String name = Thread.currentThread().getName();
    return SYSTEMS.stream()
        .filter(run -> name.startsWith(run + "-"))
        .findAny()
        .or(() -> Optional.ofNullable(name.startsWith(SHARED) ? null : OWN.get()));
  }

  @Override
  public void close() {
    SYSTEMS.remove(system);
    OWN.remove();
  }
}
