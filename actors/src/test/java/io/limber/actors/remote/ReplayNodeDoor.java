package io.limber.actors.remote;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.receptionist.Receptionist;
import io.limber.protos.wire.ToReplayNode;
import io.limber.protos.wire.ToReplayRun;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** How a test asks a replay node as a run would. */
final class ReplayNodeDoor {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private ReplayNodeDoor() {}

  /** Where a node takes what runs ask of it, once it is registered. */
  static ActorRef<ToReplayNode> of(ActorTestKit kit, ActorRef<ReplayNode.Command> node) {
    TestProbe<Receptionist.Listing> listings = kit.createTestProbe();
    String path = node.path().toString();
    return listings.awaitAssert(
        LIMIT,
        () -> {
          kit.system()
              .receptionist()
              .tell(Receptionist.find(ReplayNode.REPLAY_NODES, listings.getRef()));
          return listings
              .receiveMessage(LIMIT)
              .getServiceInstances(ReplayNode.REPLAY_NODES)
              .stream()
              .filter(found -> found.path().toString().startsWith(path))
              .findFirst()
              .orElseThrow(AssertionError::new);
        });
  }

  /** The wish of a run, which begins with an empty table and has no folder. */
  static ToReplayNode.Open open(ActorTestKit kit, String run, ActorRef<ToReplayRun> from) {
    ActorRefResolver resolver = ActorRefResolver.get(kit.system());
    String self = resolver.toSerializationFormat(from);
    String other = resolver.toSerializationFormat(kit.createTestProbe().getRef());
    return new ToReplayNode.Open(
        run, 1, "", "", 1, "", ByteBuffer.allocate(0), List.of(), self, self, other, other);
  }
}
