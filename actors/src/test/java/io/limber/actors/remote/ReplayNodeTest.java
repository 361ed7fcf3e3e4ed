package io.limber.actors.remote;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.limber.actors.replay.ReplayActorSettings;
import io.limber.core.random.SeededRandom;
import io.limber.core.replay.ReplaySettings;
import io.limber.protos.wire.ToReplayNode;
import io.limber.protos.wire.ToReplayRun;
import io.limber.testkit.AkkaTestKit;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All actors share one thread, as in a cluster on two cores; one run's table does not come. */
class ReplayNodeTest {

  @RegisterExtension static final AkkaTestKit AKKA = AkkaTestKit.withOneThread();

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final ClusterSettings CLUSTER =
      new ClusterSettings(
          1,
          Duration.ofMillis(20),
          3,
          1 << 10,
          Duration.ofMillis(2),
          4,
          1 << 20,
          ProbePlace.LOCAL,
          ReplayPlace.REMOTE,
          2);

  private final ActorTestKit kit = AKKA.kit();
  private final CompletableFuture<HostedReplay> restored = new CompletableFuture<>();
  private final HostedReplay hosted =
      new HostedReplay(
          new ReplaySettings(20, 4, 2, 0, Optional.empty(), 2, 4),
          new SeededRandom(1),
          new ReplayActorSettings(false, 2, 4, Duration.ofHours(1)),
          CLUSTER);

  @Test
  void table_thatIsRead_holdsUpNoOtherRun() {
    ActorRef<ReplayNode.Command> node =
        kit.spawn(
            ReplayNode.create(
                (run, config, fingerprint) -> run.equals("large") ? restored.join() : hosted,
                LIMIT,
                line -> {}));
    ActorRef<ToReplayNode> door = ReplayNodeDoor.of(kit, node);
    TestProbe<ToReplayRun> large = kit.createTestProbe();
    TestProbe<ToReplayRun> small = kit.createTestProbe();

    door.tell(ReplayNodeDoor.open(kit, "large", large.getRef()));
    door.tell(ReplayNodeDoor.open(kit, "small", small.getRef()));
    small.expectMessageClass(ToReplayRun.Ready.class, LIMIT);

    restored.complete(hosted);
    large.expectMessageClass(ToReplayRun.Ready.class, LIMIT);
  }
}
