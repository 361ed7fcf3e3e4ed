package io.limber.actors.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ResourcesTest {

  private final Queue<Runnable> jobs = new ArrayDeque<>();
  private final Resources resources = new Resources(jobs::add);
  private final AtomicInteger closed = new AtomicInteger();

  private Lease<AutoCloseable> open() {
    return resources.open("a thing", () -> closed::incrementAndGet);
  }

  private void runJobs() {
    while (!jobs.isEmpty()) {
      jobs.remove().run();
    }
  }

  @Test
  void release_twice_closesOnce() {
    Lease<AutoCloseable> lease = open();
    runJobs();

    lease.release();
    lease.release();
    runJobs();

    assertThat(closed).hasValue(1);
    assertThat(resources.count()).isZero();
    assertThat(resources.released()).isCompleted();
  }

  @Test
  void release_whileAJobRuns_closesAfterIt() {
    Lease<AutoCloseable> lease = open();
    runJobs();
    lease.use(thing -> closed.get()).thenAccept(before -> assertThat(before).isZero());
    Runnable job = jobs.remove();

    lease.release();
    assertThat(jobs).isEmpty();
    assertThat(resources.released().toCompletableFuture()).isNotDone();
    job.run();
    runJobs();

    assertThat(closed).hasValue(1);
  }

  @Test
  void release_beforeTheThingIsMade_closesItOnceMade() {
    Lease<AutoCloseable> lease = open();

    lease.release();
    runJobs();

    assertThat(closed).hasValue(1);
  }

  @Test
  void release_ofWhatCouldNotBeMade_countsAsReleased() {
    Lease<AutoCloseable> lease =
        resources.open(
            "a broken thing",
            () -> {
              throw new IllegalStateException("no memory");
            });
    runJobs();

    lease.release();
    runJobs();

    assertThat(resources.count()).isZero();
  }

  @Test
  void release_ofWhatDoesNotClose_countsAsReleased() {
    Lease<AutoCloseable> lease =
        resources.open(
            "a stuck thing",
            () ->
                () -> {
                  throw new IllegalStateException("stuck");
                });
    lease.release();
    runJobs();

    assertThat(resources.count()).isZero();
  }

  @Test
  void use_whileBusyOrReleased_isRefused() {
    Lease<AutoCloseable> lease = open();
    runJobs();
    lease.use(thing -> 1);

    assertThatThrownBy(() -> lease.use(thing -> 2)).hasMessage("a thing is busy");
    lease.release();
    assertThatThrownBy(() -> lease.use(thing -> 3)).hasMessage("a thing is released");
  }
}
