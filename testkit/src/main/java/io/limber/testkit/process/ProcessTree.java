package io.limber.testkit.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process and the processes that it started. */
public final class ProcessTree {

  /** What SIGKILL ends is gone in milliseconds, but for one that a full disk holds up. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private ProcessTree() {}

  /**
   * SIGKILL to all of them. They are gone when this returns, so that none writes into a folder that
   * is about to be deleted. Waits for 10 seconds at most: grandchildren count as alive for ever
   * where the machine's first process does not reap them.
   */
  public static void kill(Process root) {
    // listed before the first is killed: children of a process that is gone are nobody's
    List<ProcessHandle> all =
        Stream.concat(Stream.of(root.toHandle()), root.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    CompletableFuture.allOf(
            all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, LIMIT.toSeconds(), TimeUnit.SECONDS)
        .join();
  }
}
