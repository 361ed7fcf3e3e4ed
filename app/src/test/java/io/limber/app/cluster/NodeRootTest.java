package io.limber.app.cluster;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.ClusterEvent.MemberRemoved;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Leave;
import akka.cluster.typed.SelfUp;
import akka.cluster.typed.Subscribe;
import io.limber.actors.remote.NodeActor;
import io.limber.actors.remote.ReplayNode;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.HostPort;
import io.limber.app.config.MembershipSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node whose guests do nothing but what the test tells them. */
class NodeRootTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final EffectiveConfig CONFIG = EffectiveConfig.resolve(ConfigSources.defaults());
  private static final MembershipSettings SETTINGS = MembershipSettings.from(CONFIG.limber());

  private final ActorTestKit kit = kit();
  private final TestProbe<String> said = kit.createTestProbe();
  private final ActorRef<Void> handover = kit.spawn(Behaviors.empty());
  private final ActorRef<Void> probesLife = kit.spawn(Behaviors.empty());

  private static ActorTestKit kit() {
    return ActorTestKit.create(
        Membership.SYSTEM, ClusterConfig.of(CONFIG, SETTINGS, List.of(NodeRun.REPLAY)));
  }

  @AfterEach
  void end() {
    kit.shutdownTestKit();
  }

  @Test
  void guestThatDies_whileReplayIsHandedOver_doesNotEndTheNode() {
    ActorRef<NodeRoot.Command> root = root();
    root.tell(NodeRoot.Leave.INSTANCE);
    said.expectMessage(LIMIT, "replay is told to leave");

    kit.stop(probesLife, LIMIT);
    said.expectMessage(LIMIT, "probes are gone");
    kit.stop(handover, LIMIT);

    said.expectMessage(LIMIT, "replay is handed over");
    said.expectMessage(LIMIT, "replay is gone");
    said.expectTerminated(root, LIMIT);
  }

  @Test
  void guestThatDies_whileTheNodeStays_endsIt() {
    ActorRef<NodeRoot.Command> root = root();

    kit.stop(probesLife, LIMIT);

    said.expectMessage(LIMIT, "probes are gone");
    said.expectMessage(LIMIT, "replay is gone");
    said.expectTerminated(root, LIMIT);
  }

  @Test
  void lastContactThatLeaves_whileReplayIsHandedOver_doesNotEndTheNode() {
    ActorTestKit contact = kit();
    try {
      HostPort address = enter(contact);
      HostPort own = enter(kit, address);
      TestProbe<MemberRemoved> removed = kit.createTestProbe();
      Subscribe<MemberRemoved> removals = Subscribe.create(removed.getRef(), MemberRemoved.class);
      Cluster.get(kit.system()).subscriptions().tell(removals);
      ActorRef<NodeRoot.Command> root = root(address);
      said.expectMessage(LIMIT, "joined as " + own);
      root.tell(NodeRoot.Leave.INSTANCE);
      said.expectMessage(LIMIT, "replay is told to leave");

      Cluster run = Cluster.get(contact.system());
      run.manager().tell(Leave.create(run.selfMember().address()));
      removed.receiveMessage(LIMIT);
      kit.stop(handover, LIMIT);

      said.expectMessage(LIMIT, "replay is handed over");
    } finally {
      contact.shutdownTestKit();
    }
  }

  /** Returns when the system is a member; gives its address. */
  private static HostPort enter(ActorTestKit kit, HostPort... contacts) {
    TestProbe<SelfUp> up = kit.createTestProbe();
    Subscribe<SelfUp> membership = Subscribe.create(up.getRef(), SelfUp.class);
    Cluster.get(kit.system()).subscriptions().tell(membership);
    HostPort self =
        Membership.enter(
            kit.system(),
            new MembershipSettings(
                SETTINGS.bind(), List.of(contacts), Optional.empty(), false, SETTINGS.downAfter()));
    up.receiveMessage(LIMIT);
    return self;
  }

  private ActorRef<NodeRoot.Command> root(HostPort... contacts) {
    NodeGuests guests =
        new NodeGuests(
            Optional.empty(), Optional.of(probes()), Optional.of(replays()), Optional.empty());
    return kit.spawn(NodeRoot.create(guests, List.of(contacts), said.getRef()::tell));
  }

  /** Dies with {@link #probesLife}. */
  private Behavior<NodeActor.Command> probes() {
    return Behaviors.setup(
        context -> {
          context.watch(probesLife);
          return Behaviors.receive(NodeActor.Command.class)
              .onSignal(Terminated.class, over -> Behaviors.stopped())
              .onSignal(PostStop.class, stop -> says("probes are gone"))
              .build();
        });
  }

  /** Has handed its tables over when {@link #handover} ends. */
  private Behavior<ReplayNode.Command> replays() {
    return Behaviors.setup(
        context -> {
          context.watch(handover);
          return Behaviors.receive(ReplayNode.Command.class)
              .onMessageEquals(ReplayNode.Leave.INSTANCE, () -> says("replay is told to leave"))
              .onSignal(
                  Terminated.class,
                  over -> {
                    says("replay is handed over");
                    return Behaviors.stopped();
                  })
              .onSignal(PostStop.class, stop -> says("replay is gone"))
              .build();
        });
  }

  private <T> Behavior<T> says(String line) {
    said.getRef().tell(line);
    return Behaviors.same();
  }
}
