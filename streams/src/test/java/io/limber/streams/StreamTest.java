package io.limber.streams;

import akka.actor.ActorSystem;
import akka.testkit.javadsl.TestKit;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** An actor system for the tests of a class, and waiting with a limit. */
public abstract class StreamTest {

  protected static ActorSystem system;

  @BeforeAll
  static void start() {
    system = ActorSystem.create("streams");
  }

  @AfterAll
  static void stop() {
    TestKit.shutdownActorSystem(system);
  }

  protected static void await(BooleanSupplier condition) {
    new TestKit(system)
        .awaitCond(Duration.ofSeconds(20), Duration.ofMillis(5), condition::getAsBoolean);
  }

  protected static <T> T result(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
