package io.limber.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs that share a process, each with an actor system, a pool of threads and a helper. */
class RunLogTest {

  private static final Logger log = LoggerFactory.getLogger(RunLogTest.class);

  @TempDir private Path folder;

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final CyclicBarrier together = new CyclicBarrier(3);

  @AfterEach
  void stop() {
    threads.shutdown();
  }

  @Test
  void lines_ofTwoRunsAtATime_goToTheirOwnFilesAlone() throws Exception {
    RunHost first = RunHost.alone();
    RunHost second = RunHost.alone();
    CompletableFuture<Void> one = CompletableFuture.runAsync(() -> run("one", first), threads);
    CompletableFuture<Void> two = CompletableFuture.runAsync(() -> run("two", second), threads);
    meet();
    log.info("nobody's");
    meet();
    CompletableFuture.allOf(one, two).get(60, TimeUnit.SECONDS);

    assertThat(lines("one"))
        .containsExactlyInAnyOrder(
            "one begins", "one acts", "one computes", "one has help", "nobody's");
    assertThat(lines("two"))
        .containsExactlyInAnyOrder(
            "two begins", "two acts", "two computes", "two has help", "nobody's");
  }

  /** On a thread that the run after it may get as well. */
  private void run(String name, RunHost host) {
    RunLog file = RunLog.open(folder.resolve(name), host.system());
    try {
      meet(); // both files are open from here on
      log.info("{} begins", name);
      CountDownLatch told = new CountDownLatch(3);
      ActorSystem<Void> system =
          ActorSystem.create(acting(name, told), host.system(), ConfigFactory.load());
      Thread helper =
          new Thread(
              () -> {
                log.info("{} has help", name);
                told.countDown();
              });
      helper.start();
      assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
      meet(); // and to here
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      file.close();
    }
  }

  private static Behavior<Void> acting(String name, CountDownLatch told) {
    return Behaviors.setup(
        context -> {
          context.getLog().info("{} acts", name);
          told.countDown();
          context
              .getSystem()
              .dispatchers()
              .lookup(DispatcherSelector.fromConfig("limber.native-dispatcher"))
              .execute(
                  () -> {
                    log.info("{} computes", name);
                    told.countDown();
                  });
          return Behaviors.empty();
        });
  }

  private void meet() {
    try {
      together.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What this test logged, without time, level and thread. */
  private List<String> lines(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name)).stream()
        .filter(line -> line.contains(" INFO ") && line.matches(".*(one|two|nobody's).*"))
        .map(line -> line.substring(line.indexOf("] ") + 2))
        .toList();
  }
}
