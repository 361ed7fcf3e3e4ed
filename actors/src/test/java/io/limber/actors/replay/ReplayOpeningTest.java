package io.limber.actors.replay;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.Behaviors;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.resource.Lease;
import io.limber.actors.resource.Resources;
import io.limber.core.random.SeededRandom;
import io.limber.core.replay.ReplaySettings;
import io.limber.core.replay.ReplayTable;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.core.state.UnusableStateException;
import io.limber.testkit.AkkaTestKit;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All actors share one thread, as in a cluster on two cores; the table comes when it is told. */
class ReplayOpeningTest {

  @RegisterExtension static final AkkaTestKit AKKA = AkkaTestKit.withOneThread();

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final TransitionSpec SPEC = new TransitionSpec(1);

  private final ActorTestKit kit = AKKA.kit();
  private final CountDownLatch read = new CountDownLatch(1);
  private final Resources resources =
      new Resources(kit.system().dispatchers().lookup(DispatcherSelector.blocking()));
  private final TestProbe<Object> asking = kit.createTestProbe();
  private final TestProbe<MetricsActor.Command> metrics = kit.createTestProbe();
  private final ReplayTable table =
      ReplayTable.create(
          new ReplaySettings(20, 4, 2, 0, Optional.empty(), 2, 4), SPEC, new SeededRandom(1));

  private Behavior<ReplayActor.Command> replay(Supplier<ReplayTable> made) {
    Lease<ReplayTable> lease =
        resources.open(
            "replay-0",
            () -> {
              awaitRead();
              return made.get();
            });
    return ReplayActor.opening(
        lease, new ReplayActorSettings(true, 2, 4, Duration.ofHours(1)), metrics.getRef());
  }

  /** As a disk does: nothing takes the place of a thread that waits so. */
  private void awaitRead() {
    try {
      read.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void asks_whileTheTableIsMade_waitForItAndHoldUpNobody() {
    ActorRef<ReplayActor.Command> replay = kit.spawn(replay(() -> table));
    replay.tell(new ReplayActor.Announce(3, asking.getRef().narrow()));
    replay.tell(new ReplayActor.Count(asking.getRef().narrow()));
    ActorRef<Object> other = kit.spawn(echo());

    other.tell("are you there?");
    asking.expectMessage(LIMIT, "I am"); // and nothing else before it

    read.countDown();
    asking.expectMessage(LIMIT, new ReplayActor.Welcomed(3, 0, 0));
    asking.expectMessage(LIMIT, new ReplayActor.Counted(0, 0));
    Transitions chunk = new Transitions(SPEC, 2);
    chunk.setSize(2);
    replay.tell(new ReplayActor.Insert(chunk, 3, asking.getRef().narrow()));
    asking.expectMessage(LIMIT, new ReplayActor.Inserted(3, chunk, 2, 0));
    kit.stop(replay, LIMIT);
    awaitReleased();
  }

  @Test
  void table_thatCannotBeMade_failsTheActorWithTheReason() {
    UnusableStateException reason = new UnusableStateException("it does not fit");
    kit.spawn(
        parent(
            () -> {
              throw reason;
            }));

    read.countDown();

    asking.expectMessage(LIMIT, reason);
    awaitReleased();
  }

  @Test
  void actorThatStops_whileTheTableIsMade_leavesNoneOpen() {
    ActorRef<ReplayActor.Command> replay = kit.spawn(replay(() -> table));

    kit.stop(replay, LIMIT);
    assertThat(resources.count()).isEqualTo(1); // whoever waits for it, waits on
    read.countDown();

    awaitReleased();
  }

  private void awaitReleased() {
    resources.released().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private Behavior<Object> echo() {
    return Behaviors.receive(Object.class)
        .onAnyMessage(
            question -> {
              asking.getRef().tell("I am");
              return Behaviors.same();
            })
        .build();
  }

  /** Tells why its child has failed. */
  private Behavior<Object> parent(Supplier<ReplayTable> made) {
    return Behaviors.setup(
        context -> {
          context.watch(context.spawn(replay(made), "replay-0"));
          return Behaviors.receive(Object.class)
              .onSignal(
                  ChildFailed.class,
                  failed -> {
                    asking.getRef().tell(failed.getCause());
                    return Behaviors.stopped();
                  })
              .build();
        });
  }
}
