package io.limber.actors.run;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A cluster for each test of a class, begun by the system that its run is in. */
final class TestCluster implements BeforeEachCallback, AfterEachCallback {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private ActorTestKit seed;
  private TestProbe<Object> patience;

  /** The system of the run, which nodes join. */
  ActorTestKit seed() {
    return seed;
  }

  /** Waits until {@code assertion} holds. */
  void await(Runnable assertion) {
    patience.awaitAssert(
        LIMIT,
        () -> {
          assertion.run();
          return null;
        });
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    seed = TestNode.system("run");
    TestNode.join(seed, seed);
    patience = seed.createTestProbe();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    seed.shutdownTestKit();
  }
}
