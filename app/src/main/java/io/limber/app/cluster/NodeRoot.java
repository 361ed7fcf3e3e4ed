package io.limber.app.cluster;

import akka.actor.Address;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.cluster.ClusterEvent;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.SelfUp;
import akka.cluster.typed.Subscribe;
import io.limber.actors.remote.NodeActor;
import io.limber.actors.remote.ReplayNode;
import io.limber.app.batch.remote.AgentNode;
import io.limber.app.config.HostPort;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Root of a node's actor system. Ends when all members that the node was told to join have left: a
 * cluster without them would never meet the one that they begin when they are back.
 */
final class NodeRoot extends AbstractBehavior<NodeRoot.Command> {

  /** What this actor accepts. */
  sealed interface Command permits Joined, Removed, Leave {}

  private record Joined(SelfUp event) implements Command {}

  private record Removed(ClusterEvent.MemberRemoved event) implements Command {}

  /** Bring what runs here to a clean end, then leave the cluster. */
  enum Leave implements Command {
    INSTANCE
  }

  private final Farewells farewells = new Farewells();
  private final Set<HostPort> contacts;
  private final boolean begins;
  private final Consumer<String> told;

  /**
   * @param contacts members that it was told to join; none if it begins a cluster
   * @param told takes a line for people about each change
   */
  static Behavior<Command> create(
      NodeGuests guests, List<HostPort> contacts, Consumer<String> told) {
    return Behaviors.setup(context -> new NodeRoot(context, guests, contacts, told));
  }

  private NodeRoot(
      ActorContext<Command> context,
      NodeGuests guests,
      List<HostPort> contacts,
      Consumer<String> told) {
    super(context);
    this.contacts = new HashSet<>(contacts);
    begins = contacts.isEmpty();
    this.told = told;
    Cluster cluster = Cluster.get(context.getSystem());
    cluster
        .subscriptions()
        .tell(Subscribe.create(context.messageAdapter(SelfUp.class, Joined::new), SelfUp.class));
    cluster
        .subscriptions()
        .tell(
            Subscribe.create(
                context.messageAdapter(ClusterEvent.MemberRemoved.class, Removed::new),
                ClusterEvent.MemberRemoved.class));
    // Not restarted: it watches the guests of the node, and a fresh one would know none of them.
    // Its failure ends the system, and the node joins again.
    guests
        .environments()
        .ifPresent(opener -> context.watch(context.spawn(NodeActor.create(opener), "node-0")));
    guests.probes().ifPresent(probes -> context.watch(context.spawn(probes, "probes-0")));
    guests
        .replays()
        .ifPresent(
            keeper -> {
              var replays = context.spawn(keeper, "replays-0");
              context.watch(replays);
              farewells.add(replays, () -> replays.tell(ReplayNode.Leave.INSTANCE));
            });
    guests
        .agents()
        .ifPresent(
            means -> {
              var agents = context.spawn(AgentNode.create(means), "agents-0");
              context.watch(agents);
              farewells.add(agents, () -> agents.tell(AgentNode.Leave.INSTANCE));
            });
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Joined.class, this::onJoined)
        .onMessage(Removed.class, this::onRemoved)
        .onMessage(Leave.class, leave -> onLeave())
        .onSignal(Terminated.class, this::onGuestGone)
        .build();
  }

  private Behavior<Command> onJoined(Joined message) {
    Address self = Cluster.get(getContext().getSystem()).selfMember().address();
    told.accept("joined as " + Membership.hostPort(self));
    return this;
  }

  private Behavior<Command> onRemoved(Removed message) {
    HostPort gone = Membership.hostPort(message.event().member().address());
    boolean last = !begins && contacts.remove(gone) && contacts.isEmpty();
    if (last && !farewells.begun()) {
      told.accept(gone + " has left: joining again when it is back");
      getContext().getSystem().terminate(); // leaves what is left of the cluster first
    }
    return this;
  }

  private Behavior<Command> onLeave() {
    farewells.begin();
    return unlessLeft();
  }

  private Behavior<Command> onGuestGone(Terminated signal) {
    if (!farewells.begun()) {
      return Behaviors.stopped(); // the system ends with it, and the node joins again
    }
    farewells.ended(signal.getRef());
    return unlessLeft();
  }

  private Behavior<Command> unlessLeft() {
    return farewells.over() ? Behaviors.stopped() : this;
  }
}
